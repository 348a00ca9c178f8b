/** Whether the gateway serves a playground: it says so in the page. */
export function hasPlayground(): boolean {
  return document.querySelector<HTMLMetaElement>('meta[name=playground]')?.content === 'on';
}

/** Where the playground asks for this credential's secret. An admin's session is of no use there: it reads no data. */
export function playgroundOf(clientId: string): string {
  return `/playground#${new URLSearchParams({ 'client-id': clientId }).toString()}`;
}
