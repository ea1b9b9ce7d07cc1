export const reaching = { bubbles: true, composed: true };
export const cancelable = { ...reaching, cancelable: true };
