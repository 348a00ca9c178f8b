import { registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';

export const ORDER_DIRECTIONS = ['ASC', 'DESC'] as const;
export type OrderDirection = (typeof ORDER_DIRECTIONS)[number];

export const OrderDirectionEnum = enumOf(ORDER_DIRECTIONS);
registerEnumType(OrderDirectionEnum, {
  name: 'OrderDirection',
  description: 'Which end of an order comes first.',
  valuesConfig: {
    ASC: { description: 'From small to large, from early to late, from A to Z.' },
    DESC: { description: 'From large to small, from late to early, from Z to A.' },
  },
});

export const NULLS_PLACEMENTS = ['FIRST', 'LAST'] as const;
export type NullsPlacement = (typeof NULLS_PLACEMENTS)[number];

export const NullsPlacementEnum = enumOf(NULLS_PLACEMENTS);
registerEnumType(NullsPlacementEnum, {
  name: 'NullsPlacement',
  description: 'Where those stand who have no value.',
  valuesConfig: {
    FIRST: { description: 'Before everybody who has one.' },
    LAST: { description: 'After everybody who has one.' },
  },
});
