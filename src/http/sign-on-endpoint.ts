import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AttemptPurpose } from '../single-sign-on/attempt';
import type { SignOnOutcome, SingleSignOn } from '../single-sign-on/single-sign-on';
import type { SessionCookie } from './session-cookie';

export interface SignOnEndpointParts {
  /** Absent where no identity provider is configured. */
  readonly singleSignOn: SingleSignOn | undefined;
  readonly cookie: SessionCookie;
}

/** The page on which each purpose ends. */
const LANDINGS: Readonly<Record<AttemptPurpose, string>> = {
  SIGN_IN: '/',
  SIGN_IN_AGAIN: '/signed-in',
  ACCEPT_INVITATION: '/',
  LINK: '/account',
  REAUTHENTICATE: '/signed-in',
};

/** Adds `GET /sso/callback`, where the identity provider sends browsers back to. */
export function addSignOnEndpoint(server: FastifyInstance, { singleSignOn, cookie }: SignOnEndpointParts): void {
  if (!singleSignOn) return;
  server.get('/sso/callback', async (request, reply) => {
    const outcome = await singleSignOn.complete(
      { cookie: cookie.readAttempt(request), search: searchOf(request) },
      cookie.exchangeOfReturn(request, reply),
      (error) => request.log.error({ problem: problemOf(error) }, 'A single sign-on failed'),
    );
    return land(reply, outcome);
  });
}

// Not the error itself: those of the library carry what the provider said about a person.
function problemOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  return [`${error.name}: ${error.message}`, ...problemOf(error.cause)];
}

function searchOf({ url }: FastifyRequest): string {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at);
}

// The page needs no cookie. What it sends from then on comes from this site, so the session's strict cookie goes along.
function land(reply: FastifyReply, { purpose, refusal }: SignOnOutcome): FastifyReply {
  if (refusal === null) return reply.redirect(LANDINGS[purpose ?? 'SIGN_IN'], 303);
  const page = purpose === null || LANDINGS[purpose] === '/' ? '/sign-in' : LANDINGS[purpose];
  return reply.redirect(`${page}#sso=${refusal}`, 303);
}
