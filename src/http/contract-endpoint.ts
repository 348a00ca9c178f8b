import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Authenticator } from '../authentication/authenticator';
import { unauthenticated } from '../permissions/admit';
import type { Caller } from '../permissions/caller';
import type { Contracts } from '../permissions/contracts';
import { admit, type RequestLimit } from './rate-limit';

export interface ContractEndpointParts {
  readonly authenticator: Authenticator;
  readonly contracts: Contracts;
  readonly requests: RequestLimit;
}

/** The hash of what a credential may use. It stands in every answer to one, so that a change of its permissions shows at once. */
export const CONTRACT_HEADER = 'x-fieldgate-contract';

/** Adds `GET /contract`: the part of the schema that a credential may use, as text. `HEAD` tells the hash alone. */
export function addContractEndpoint(server: FastifyInstance, parts: ContractEndpointParts): void {
  server.get('/contract', async ({ headers }, reply) => {
    // A session belongs to a person, and it is no person whose contract this is.
    const caller = await parts.authenticator.authenticate({ authorization: headers.authorization, session: undefined });
    if (caller.kind !== 'credential') throw unauthenticated();
    admit(await parts.requests.count(caller.credentialId), reply);
    const { text } = parts.contracts.of(caller.grants);
    tellContract(parts.contracts, caller, reply);
    return reply.type('text/plain; charset=utf-8').send(text);
  });
}

/** Puts the hash into an answer to a credential. */
export function tellContract(contracts: Contracts, caller: Caller | undefined, reply: FastifyReply): void {
  if (caller?.kind === 'credential') void reply.header(CONTRACT_HEADER, contracts.hashOf(caller.grants));
}
