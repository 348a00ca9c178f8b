import { Field, ObjectType } from 'type-graphql';
import { Structure } from '../permissions/guard.decorators';

@ObjectType('PageInfo', {
  description: 'Where a page stands in its list. See the GraphQL Cursor Connections Specification.',
})
export class PageInfoType {
  @Structure()
  @Field(() => Boolean, { description: 'Whether items follow this page.' })
  hasNextPage!: boolean;

  @Structure()
  @Field(() => Boolean, { description: 'Whether items stand before this page.' })
  hasPreviousPage!: boolean;

  @Structure()
  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  startCursor!: string | null;

  @Structure()
  @Field(() => String, { nullable: true, description: 'Cursor of the last item; null on an empty page.' })
  endCursor!: string | null;
}
