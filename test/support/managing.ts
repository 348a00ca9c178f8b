import type { AdminBrowser } from './admin';
import type { Answer } from './gateway';

/** What a mutation about a credential answered. */
export interface ManagedAnswer {
  readonly credential: Managed | null;
  readonly clientSecret?: string | null;
  readonly notice?: string | null;
  readonly userErrors: readonly ShownProblem[];
}

export interface ShownProblem {
  readonly field: readonly string[] | null;
  readonly code: string;
}

export interface Managed {
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  readonly description: string | null;
  readonly enabled: boolean;
  readonly expiresAt: string | null;
  readonly version: number;
  readonly status: string;
  readonly separateDirections: boolean;
  readonly modules: readonly { readonly module: string; readonly read: boolean; readonly write: boolean }[];
  readonly attributes: readonly {
    readonly attribute: { readonly key: string };
    readonly read: boolean;
    readonly write: boolean;
  }[];
  readonly secrets: readonly {
    readonly id: string;
    readonly expiresAt: string | null;
    readonly revealable: boolean;
  }[];
}

export const CREDENTIAL = `id clientId name description enabled expiresAt version status separateDirections
  modules { module read write } attributes { attribute { key } read write } secrets { id expiresAt revealable }`;
const PROBLEMS = 'userErrors { field code }';

/** The boxes of EMPLOYEES. */
export function employees(read: boolean, write = false): object {
  return { module: 'EMPLOYEES', read, write };
}

/** Grants with these attributes for both directions, as far as the boxes go. */
export function list(attributes: readonly string[], write = false): object {
  return { modules: [employees(true, write)], attributes };
}

/** What an admin does with credentials, in the words of the product. */
export class Managing {
  constructor(readonly admin: AdminBrowser) {}

  create(input: object): Promise<ManagedAnswer> {
    return this.mutate('createCredential', '$input: CreateCredentialInput!', 'input: $input', { input }, SECRET);
  }

  /** One that may read these attributes. */
  async reader(name: string, attributes: readonly string[] = ['firstName']): Promise<Made> {
    const { credential, clientSecret, userErrors } = await this.create({ name, grants: list(attributes) });
    if (!credential || !clientSecret) throw new Error(`Not made: ${JSON.stringify(userErrors)}`);
    return { ...credential, secret: clientSecret };
  }

  update(id: string, input: object): Promise<ManagedAnswer> {
    const variables = { id, input };
    return this.mutate(
      'updateCredential',
      '$id: ID!, $input: UpdateCredentialInput!',
      'id: $id, input: $input',
      variables,
    );
  }

  onOne(mutation: string, id: string): Promise<ManagedAnswer> {
    return this.mutate(mutation, '$id: ID!', 'id: $id', { id });
  }

  rotate(id: string, overlap: string): Promise<ManagedAnswer> {
    const declared = '$id: ID!, $overlap: SecretOverlap!';
    return this.mutate('rotateCredentialSecret', declared, 'id: $id, overlap: $overlap', { id, overlap }, SECRET);
  }

  revoke(id: string, secretId: string): Promise<ManagedAnswer> {
    const declared = '$id: ID!, $secretId: ID!';
    return this.mutate('revokeCredentialSecret', declared, 'id: $id, secretId: $secretId', { id, secretId }, 'notice');
  }

  duplicate(id: string, name: string): Promise<ManagedAnswer> {
    const declared = '$id: ID!, $name: String!';
    return this.mutate('duplicateCredential', declared, 'id: $id, name: $name', { id, name }, SECRET);
  }

  reveal(id: string, secretId?: string): Promise<Answer> {
    return this.admin.send(
      `mutation ($id: ID!, $secretId: ID) {
        revealCredentialSecret(id: $id, secretId: $secretId) { clientSecret ${PROBLEMS} }
      }`,
      { id, secretId },
    );
  }

  async credential(id: string): Promise<Managed | null> {
    const { body } = await this.admin.send(`query ($id: ID!) { credential(id: $id) { ${CREDENTIAL} } }`, { id });
    return body.data.credential as Managed | null;
  }

  private async mutate(
    name: string,
    declared: string,
    given: string,
    variables: Readonly<Record<string, unknown>>,
    more = '',
  ): Promise<ManagedAnswer> {
    const { body, text } = await this.admin.send(
      `mutation (${declared}) { ${name}(${given}) { credential { ${CREDENTIAL} } ${more} ${PROBLEMS} } }`,
      variables,
    );
    if (body.errors || !body.data?.[name]) throw new Error(text);
    return body.data[name] as ManagedAnswer;
  }
}

const SECRET = 'clientSecret';

/** A credential and its secret. */
export interface Made extends Managed {
  readonly secret: string;
}
