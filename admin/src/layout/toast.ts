/** A short message that something is done or failed. */
export interface Toast {
  readonly title?: string;
  readonly message: string;
  readonly isProblem: boolean;
}

export const TOAST_EVENT = 'fieldgate:toast';

/** Tells that something is done. Never given a secret: a toast outlives what it is about, and screen readers speak it. */
export function toast(message: string): void {
  tell({ message, isProblem: false });
}

export function toastProblem(title: string, message: string): void {
  tell({ title, message, isProblem: true });
}

// Whoever tells needs not know who shows it.
function tell(detail: Toast): void {
  window.dispatchEvent(new CustomEvent<Toast>(TOAST_EVENT, { detail }));
}
