/** How long a button says what became of the copy. */
const shown = 2000;

/** Copies, tells whether it could (a browser or a page's policy may refuse), and after a while that this is past. */
export function copyText(text: string, tell: (copied: boolean | undefined) => void): void {
  const told = (copied: boolean): void => {
    tell(copied);
    setTimeout(() => tell(undefined), shown);
  };
  // In a function, because an insecure page has no clipboard at all.
  const write = async (): Promise<void> => navigator.clipboard.writeText(text);
  write().then(
    () => told(true),
    () => told(false),
  );
}
