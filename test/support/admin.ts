import { GraphQLError, parse, validate, type OperationDefinitionNode } from 'graphql';
import type { AdminRole } from '../../src/admins/admin';
import { clientError } from '../../src/http/client-error';
import { IdempotencyStore } from '../../src/idempotency/idempotency.store';
import { Executor } from '../../src/operations/execute';
import type { AdminCaller } from '../../src/permissions/caller';
import type { AnswerBody, TestGateway } from './gateway';

/** Asks as a signed-in admin. */
export type AskAsAdmin = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<AnswerBody>;

export function adminOf({ house }: TestGateway, role: AdminRole): Promise<AskAsAdmin> {
  const { schema, store, clock, features } = house;
  const executor = new Executor({
    store,
    clock,
    features,
    usage: { record: () => undefined },
    idempotency: new IdempotencyStore(house.keys.cursorKey),
    mostCost: house.config.mostCost,
  });
  const caller: AdminCaller = {
    kind: 'admin',
    adminId: `admin-${role}`,
    email: `${role}@example.com`,
    name: `The ${role}`,
    role,
    sessionId: 'session',
    authenticatedAt: clock.now(),
  };
  const told = (error: unknown) =>
    clientError(error, {
      logFailure: (cause) => {
        throw cause;
      },
    });
  return Promise.resolve(async (query, variables = {}) => {
    const document = parse(query);
    const invalid = validate(schema, document);
    if (invalid.length > 0) throw new GraphQLError(invalid.map(({ message }) => message).join('\n'));
    const operation = document.definitions[0] as OperationDefinitionNode;
    try {
      const { data, errors } = await executor.run({
        schema,
        document,
        operation,
        variables,
        caller,
        showsCost: false,
        identifyAgain: () => Promise.resolve(caller),
      });
      const body = { data, ...(errors ? { errors: errors.map(told) } : {}) };
      return JSON.parse(JSON.stringify(body)) as AnswerBody;
    } catch (error) {
      return JSON.parse(JSON.stringify({ errors: [told(error)] })) as AnswerBody;
    }
  });
}
