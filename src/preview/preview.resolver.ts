import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { shownEntry } from '../catalogue/catalogue.resolver';
import { GrantsInputType } from '../credentials/credential-input.type';
import { SEES_CREDENTIALS } from '../credentials/credential.resolver';
import type { OperationContext } from '../operations/context';
import { For } from '../permissions/guard.decorators';
import type { CredentialPreviewer } from './credential-preview';
import { CredentialPreviewType } from './preview.type';

@Resolver()
export class PreviewResolver {
  constructor(private readonly previewer: CredentialPreviewer) {}

  @For(SEES_CREDENTIALS)
  @Query(() => CredentialPreviewType, {
    description:
      'What a person looks like through a credential’s permissions, today and with proposed ones. Changes nothing. A real person is shown to owners and managers only, and that is on record.',
  })
  async previewCredential(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { nullable: true, description: 'Of the credential; left out: one that is not made yet.' })
    id: string | null | undefined,
    @Arg('grants', () => GrantsInputType, { nullable: true, description: 'The proposal; left out: as it is today.' })
    grants: GrantsInputType | null | undefined,
    @Arg('employeeId', () => ID, { nullable: true, description: 'Of a real person; left out: somebody invented.' })
    employeeId: string | null | undefined,
  ): Promise<CredentialPreviewType> {
    const request = { id: id ?? null, grants: grants ?? null, employeeId: employeeId ?? null };
    const { employeeName, fields } = await this.previewer.preview(admin, request);
    return { employeeName, fields: fields.map((field) => ({ ...field, attribute: shownEntry(field.attribute) })) };
  }
}
