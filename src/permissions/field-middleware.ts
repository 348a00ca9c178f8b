import {
  defaultFieldResolver,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { AttributeKey } from '../attributes/attribute';
import type { Caller } from './caller';
import { admit } from './admit';
import { decide, decideModule } from './decide';
import type { Module } from './grants';
import { guardOf, type Guard } from './guard';

/** What the middleware needs from an operation's context. */
export interface GuardedContext {
  readonly caller: Caller;
  /** @throws once a data statement of this operation found the credential switched off or its grants changed */
  assertLive(): void;
}

type Resolver = GraphQLFieldResolver<unknown, GuardedContext>;

/**
 * Wraps every resolver of the finished schema, so that no way of declaring a field can skip it. The decision is made
 * before the resolver runs: a denied value is never computed. The error for it comes from the gate, once per coordinate.
 *
 * Deciding is synchronous and remembered per caller: an asynchronous check per field would multiply the time of a large page.
 */
export function enforce(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const fields: readonly GraphQLField<unknown, GuardedContext>[] = Object.values(type.getFields());
    for (const field of fields) field.resolve = guarded(field);
  }
  return schema;
}

function guarded(field: GraphQLField<unknown, GuardedContext>): Resolver {
  const guard = guardOf(field);
  const resolve = field.resolve ?? defaultFieldResolver;
  const isPermitted = guard ? rememberPerCaller(guard) : () => false;
  return (source, args, context, info) => {
    if (!isPermitted(context.caller)) return null;
    context.assertLive();
    return resolve(source, args, context, info);
  };
}

function rememberPerCaller(guard: Guard): (caller: Caller) => boolean {
  // A caller object lives as long as its request, and its grants never change while it lives.
  const remembered = new WeakMap<Caller, boolean>();
  return (caller) => {
    let permitted = remembered.get(caller);
    if (permitted === undefined) {
      permitted = permits(guard, caller);
      remembered.set(caller, permitted);
    }
    return permitted;
  };
}

/**
 * Whether `caller` may have a field with this guard. Pure.
 *
 * @throws GatewayError UNAUTHENTICATED or FORBIDDEN when a root field is not for this kind of caller
 */
export function permits(guard: Guard, caller: Caller): boolean {
  switch (guard.kind) {
    case 'root':
      return admit(guard.audience, caller).allowed;
    case 'attributes':
      return readsAll(caller, guard.attributes);
    case 'module':
      return readsModule(caller, guard.module) && readsAll(caller, guard.attributes);
    // The keys are decided one by one where they are known: in the resolver, with the same `decide`.
    case 'customAttributes':
      return caller.kind === 'credential' && caller.grants.modules.EMPLOYEES.read;
    case 'structure':
      return true;
  }
}

function readsModule(caller: Caller, module: Module): boolean {
  return caller.kind === 'credential' && decideModule(caller.grants, module, 'read').allowed;
}

function readsAll(caller: Caller, attributes: readonly AttributeKey[]): boolean {
  return (
    caller.kind === 'credential' && attributes.every((attribute) => decide(caller.grants, attribute, 'read').allowed)
  );
}
