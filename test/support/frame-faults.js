// The first script of every framed page: hands the page's faults to the test that framed it.
window.parent.watchFrame?.(window);
