import { notifications } from '@mantine/notifications';

/** Tells that something is done. Never given a secret: a toast outlives what it is about, and screen readers speak it. */
export function toast(message: string): void {
  notifications.show({ message, color: 'pine', withBorder: true });
}

export function toastProblem(title: string, message: string): void {
  notifications.show({ title, message, color: 'red.8', withBorder: true, autoClose: 10_000 });
}
