import DataLoader from 'dataloader';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { CredentialId, CredentialSummary } from '../credentials/credential';
import { CHANGES_CREDENTIALS, SEES_CREDENTIALS } from '../credentials/credential.resolver';
import { CredentialType } from '../credentials/credential.type';
import type { CredentialViews } from '../credentials/credential-views';
import type { OperationContext } from '../operations/context';
import { Arguments, For, Structure } from '../permissions/guard.decorators';
import { IDEMPOTENCY_TEXT } from '../writing/write-outcome';
import type { AccessDecisions, Decided } from './access-decisions';
import type { AccessRequest } from './access-request';
import type { AccessRequestStore, WaitingRequest } from './access-request.store';
import {
  AccessDecisionPayload,
  AccessRequestInputType,
  AccessRequestPayload,
  AccessRequestType,
  WaitingAccessRequestType,
} from './access-request.type';

/** For credentials: to ask for what is missing. */
@Resolver()
export class AccessRequestResolver {
  constructor(private readonly requests: AccessRequestStore) {}

  @For({ who: 'credential' })
  @Query(() => [AccessRequestType], {
    description: 'What this credential has asked for, and what became of it: the newest hundred.',
  })
  accessRequests(@Ctx() { live, credential }: OperationContext): Promise<readonly AccessRequest[]> {
    return this.requests.own(live, credential.credentialId);
  }

  @For({ who: 'credential' })
  @Arguments({ input: 'structure', idempotencyKey: 'structure' })
  @Mutation(() => AccessRequestPayload, {
    description:
      'Asks the admins for what this credential lacks. At most five requests wait at once, and 20 are taken within 24 hours.',
  })
  async requestAccess(
    @Ctx() context: OperationContext,
    @Arg('input', () => AccessRequestInputType, { description: 'What is missing, and why.' })
    input: AccessRequestInputType,
    @Arg('idempotencyKey', () => String, { nullable: true, description: IDEMPOTENCY_TEXT }) key: string | null = null,
  ): Promise<AccessRequestPayload> {
    const { request, userErrors } = await context.write({ operation: 'requestAccess', input, key }, (transaction) =>
      this.requests.ask(transaction, context.credential, input),
    );
    return { request, userErrors };
  }
}

/** For admins: to see what is asked for, and to decide. */
@Resolver(() => CredentialType)
export class AccessDecisionResolver {
  // Of a page of credentials, one statement reads all requests.
  private readonly loaders = new WeakMap<OperationContext, DataLoader<CredentialId, readonly AccessRequest[]>>();

  constructor(
    private readonly requests: AccessRequestStore,
    private readonly decisions: AccessDecisions,
    private readonly views: CredentialViews,
  ) {}

  @For(SEES_CREDENTIALS)
  @Query(() => [WaitingAccessRequestType], {
    description: 'What credentials have asked for and nobody has decided yet, the oldest hundred first.',
  })
  waitingAccessRequests(): Promise<readonly WaitingRequest[]> {
    return this.requests.waiting();
  }

  @Structure()
  @FieldResolver(() => [AccessRequestType], {
    description: 'What it has asked for, and what became of it: the newest hundred.',
  })
  accessRequests(
    @Root() { id }: CredentialSummary,
    @Ctx() context: OperationContext,
  ): Promise<readonly AccessRequest[]> {
    return this.loader(context).load(id);
  }

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => AccessDecisionPayload, {
    description: 'Gives a credential exactly what a request asks for, beside what it has.',
  })
  async approveAccessRequest(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the request.' }) id: string,
    @Arg('version', () => Int, { description: 'Of the credential, as the admin saw it.' }) version: number,
    @Arg('note', () => String, { nullable: true, description: 'For whoever asked; at most 500 characters.' })
    note: string | null = null,
  ): Promise<AccessDecisionPayload> {
    return this.told(await this.decisions.approve(admin, id, version, note));
  }

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => AccessDecisionPayload, { description: 'Leaves a credential as it is, and says why.' })
  async refuseAccessRequest(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the request.' }) id: string,
    @Arg('note', () => String, { description: 'For whoever asked; 1 to 500 characters.' }) note: string,
  ): Promise<AccessDecisionPayload> {
    return this.told(await this.decisions.refuse(admin, id, note));
  }

  private told({ request, credential, userErrors }: Decided): AccessDecisionPayload {
    return { request, credential: this.views.one(credential), userErrors };
  }

  private loader(context: OperationContext): DataLoader<CredentialId, readonly AccessRequest[]> {
    const known = this.loaders.get(context);
    if (known) return known;
    const made = new DataLoader<CredentialId, readonly AccessRequest[]>(async (ids) => {
      const found = await this.requests.ofMany(ids);
      return ids.map((id) => found.get(id) ?? []);
    });
    this.loaders.set(context, made);
    return made;
  }
}
