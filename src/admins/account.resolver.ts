import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { OperationContext } from '../operations/context';
import type { Outcome } from '../operations/user-error';
import type { AdminCaller } from '../permissions/caller';
import { For } from '../permissions/guard.decorators';
import type { SessionStore } from '../sessions/session.store';
import { SessionType } from '../sessions/session.type';
import { ADMIN_ROLES, type Admin } from './admin';
import type { Accounts } from './accounts';
import type { AdminStore } from './admin.store';
import {
  AdminType,
  ChangePasswordInput,
  CompleteSetupInput,
  EndOtherSessionsPayload,
  EndSessionPayload,
  ReauthenticateInput,
  SetupStateType,
  SignInInput,
  SignInPayload,
  SignOutPayload,
} from './admin.type';
import type { Setup } from './setup';

const ANYONE = { who: 'anyone' } as const;
const EVERY_ADMIN = { who: 'admin', roles: ADMIN_ROLES } as const;

/** What admins do about their own access. */
@Resolver()
export class AccountResolver {
  constructor(
    private readonly setups: Setup,
    private readonly accounts: Accounts,
    private readonly admins: AdminStore,
    private readonly sessionStore: SessionStore,
  ) {}

  @For(ANYONE)
  @Query(() => SetupStateType, { description: 'Whether the gateway still waits for its first admin.' })
  async setup(): Promise<SetupStateType> {
    return { open: await this.admins.isEmpty() };
  }

  @For(ANYONE)
  @Query(() => AdminType, { nullable: true, description: 'Who is signed in; null when nobody is.' })
  async me(@Ctx() { caller }: OperationContext): Promise<AdminType | null> {
    return caller.kind === 'admin' ? this.self(caller) : null;
  }

  @For(EVERY_ADMIN)
  @Query(() => [SessionType], { description: 'Where the admin is signed in, the newest first.' })
  async sessions(@Ctx() { admin }: OperationContext): Promise<SessionType[]> {
    const sessions = await this.sessionStore.list(admin.adminId);
    return sessions.map((session) => ({ ...session, current: session.id === admin.sessionId }));
  }

  @For(ANYONE)
  @Mutation(() => SignInPayload, {
    description: 'Makes the first admin, or gives an invited one a password, and signs in. The link works once.',
  })
  async completeSetup(
    @Ctx() { exchange }: OperationContext,
    @Arg('input', () => CompleteSetupInput, { description: 'What comes with the link.' }) input: CompleteSetupInput,
  ): Promise<SignInPayload> {
    return signedIn(await this.setups.complete(input, exchange));
  }

  @For(ANYONE)
  @Mutation(() => SignInPayload, { description: 'Opens a session; the answer sets its cookie.' })
  async signIn(
    @Ctx() { exchange }: OperationContext,
    @Arg('input', () => SignInInput, { description: 'Who signs in.' }) input: SignInInput,
  ): Promise<SignInPayload> {
    return signedIn(await this.accounts.signIn(input, exchange));
  }

  @For(EVERY_ADMIN)
  @Mutation(() => SignOutPayload, { description: 'Ends this session.' })
  async signOut(@Ctx() { admin, exchange }: OperationContext): Promise<SignOutPayload> {
    await this.accounts.signOut(admin, exchange);
    return { done: true };
  }

  @For(EVERY_ADMIN)
  @Mutation(() => SignInPayload, {
    description: 'Shows the password again. What needs it fresh is possible for the next five minutes.',
  })
  async reauthenticate(
    @Ctx() { admin, exchange }: OperationContext,
    @Arg('input', () => ReauthenticateInput, { description: 'The proof.' }) { password }: ReauthenticateInput,
  ): Promise<SignInPayload> {
    return this.proven(admin, await this.accounts.reauthenticate(admin, password, exchange));
  }

  @For(EVERY_ADMIN)
  @Mutation(() => SignInPayload, { description: 'Changes the own password and ends all other sessions.' })
  async changePassword(
    @Ctx() { admin, exchange }: OperationContext,
    @Arg('input', () => ChangePasswordInput, { description: 'Old and new.' }) input: ChangePasswordInput,
  ): Promise<SignInPayload> {
    return this.proven(admin, await this.accounts.changePassword(admin, input, exchange));
  }

  @For(EVERY_ADMIN)
  @Mutation(() => EndSessionPayload, { description: 'Ends one of the own sessions.' })
  async endSession(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the session.' }) id: string,
  ): Promise<EndSessionPayload> {
    const { value, userErrors } = await this.accounts.endSession(admin, id);
    return { endedSessionId: value, userErrors };
  }

  @For(EVERY_ADMIN)
  @Mutation(() => EndOtherSessionsPayload, { description: 'Ends all own sessions but this one.' })
  async endOtherSessions(@Ctx() { admin }: OperationContext): Promise<EndOtherSessionsPayload> {
    return { count: await this.accounts.endOtherSessions(admin) };
  }

  private async proven(caller: AdminCaller, { value, userErrors }: Outcome<true>): Promise<SignInPayload> {
    return { me: value && (await this.self(caller)), userErrors };
  }

  private async self({ adminId }: AdminCaller): Promise<AdminType | null> {
    return (await this.admins.byId(adminId)) ?? null;
  }
}

function signedIn({ value, userErrors }: Outcome<Admin>): SignInPayload {
  return { me: value, userErrors };
}
