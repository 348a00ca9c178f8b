import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Contracts } from '../permissions/contracts';
import { tellContract } from './contract-endpoint';
import { refusal } from './refusal';
import type { RequestCallers } from './request-callers';

export interface ConfirmedAnswerParts {
  readonly callers: RequestCallers;
  readonly contracts: Contracts;
}

/**
 * Before an answer leaves: a refusal goes to whoever still may ask, anybody else gets another one; and its contract is named.
 * Fastify would answer what is thrown here in words of its own.
 */
export function confirmedAnswer<Payload>({ callers, contracts }: ConfirmedAnswerParts) {
  return async (request: FastifyRequest, reply: FastifyReply, payload: Payload): Promise<Payload | string> => {
    try {
      await callers.confirmRefusal(request, reply);
      return payload;
    } catch (error) {
      return refusal(error, request, reply);
    } finally {
      tellContract(contracts, callers.of(request), reply);
    }
  };
}
