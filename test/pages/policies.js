// Notes the names of all Trusted Types policies and every breach of the page's own policy.
window.policies = [];
window.breaches = [];
if (window.trustedTypes) {
  const create = window.trustedTypes.createPolicy.bind(window.trustedTypes);
  window.trustedTypes.createPolicy = (name, rules) => {
    window.policies.push(name);
    return create(name, rules);
  };
}
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
  window.breaches.push(`${effectiveDirective} blocked ${blockedURI} ${sample}`.trim()),
);
