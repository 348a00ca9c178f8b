import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';
import { Arg, Ctx, ID, Info, Mutation, Resolver } from 'type-graphql';
import { GatewayError } from '../errors';
import type { OperationContext } from '../operations/context';
import { For } from '../permissions/guard.decorators';
import {
  CreateCredentialPayload,
  CredentialPayload,
  RevealSecretPayload,
  SecretOverlapEnum,
} from './credential-payload.type';
import type { CredentialViews } from './credential-views';
import { CHANGES_CREDENTIALS } from './credential.resolver';
import type { SecretManagement } from './secret-management';
import type { Overlap } from './secret.store';

const LAST_SECRET = 'This was the last live secret: nothing can come in with this credential until it gets a new one.';

@Resolver()
export class SecretResolver {
  constructor(
    private readonly management: SecretManagement,
    private readonly views: CredentialViews,
  ) {}

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => RevealSecretPayload, {
    description:
      'Shows a secret again, one in a request and ten a minute. Needs a password that was shown within five minutes, and is on record before the secret leaves.',
  })
  async revealCredentialSecret(
    @Ctx() { admin }: OperationContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('id', () => ID, { description: 'Of the credential.' }) id: string,
    @Arg('secretId', () => ID, { nullable: true, description: 'Which one; left out: the current one.' })
    secretId: string | null | undefined,
  ): Promise<RevealSecretPayload> {
    assertAlone(info);
    const { secret, userErrors } = await this.management.reveal(admin, id, secretId ?? null);
    return { clientSecret: secret, userErrors };
  }

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => CreateCredentialPayload, {
    description: 'Issues a new secret. The old one works on for the overlap. A third live secret is refused.',
  })
  async rotateCredentialSecret(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the credential.' }) id: string,
    @Arg('overlap', () => SecretOverlapEnum, { description: 'How long the old secret works on.' }) overlap: Overlap,
  ): Promise<CreateCredentialPayload> {
    const { credential, secret, userErrors } = await this.management.rotate(admin, id, overlap);
    return { credential: this.views.one(credential), clientSecret: secret ?? null, userErrors };
  }

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => CredentialPayload, {
    description: 'Ends a secret at once, and every token that was got with it. The last one may be ended as well.',
  })
  async revokeCredentialSecret(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the credential.' }) id: string,
    @Arg('secretId', () => ID, { description: 'Of the secret.' }) secretId: string,
  ): Promise<CredentialPayload> {
    const { credential, isLast = false, userErrors } = await this.management.revoke(admin, id, secretId);
    return { credential: this.views.one(credential), notice: isLast ? LAST_SECRET : null, userErrors };
  }

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => CredentialPayload, { description: 'Ends every token of a credential at once. Its secrets work on.' })
  async endAllTokens(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the credential.' }) id: string,
  ): Promise<CredentialPayload> {
    const { credential, userErrors } = await this.management.endTokens(admin, id);
    return { credential: this.views.one(credential), userErrors };
  }
}

/**
 * Refuses an operation that asks for more than one secret, under whatever aliases and through whatever fragments, before the
 * first one is shown: a stolen session must not be able to empty the house in one request.
 */
function assertAlone(info: GraphQLResolveInfo): void {
  const asked = fieldsOf(info.operation.selectionSet, info, new Set()).filter(
    ({ name }) => name.value === info.fieldName,
  );
  if (asked.length > 1) throw new GatewayError('BAD_USER_INPUT', 'Ask for one secret in a request.');
}

function fieldsOf({ selections }: SelectionSetNode, info: GraphQLResolveInfo, seen: Set<string>): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, info, seen);
    const fragment = info.fragments[selection.name.value];
    if (!fragment || seen.has(fragment.name.value)) return [];
    seen.add(fragment.name.value);
    return fieldsOf(fragment.selectionSet, info, seen);
  });
}
