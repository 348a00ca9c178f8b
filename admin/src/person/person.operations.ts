import { graphql, type ResultOf } from '../graphql/graphql';

export const AccessToPerson = graphql(`
  query AccessToPerson($employeeId: ID!) {
    personAccess(employeeId: $employeeId) {
      from
      to
      accesses {
        credentialId
        credentialName
        attribute
        days
      }
      isCut
    }
  }
`);

export type PersonAccess = ResultOf<typeof AccessToPerson>['personAccess'];

/** Apart from the access: while the section of credentials is switched off, it is refused. */
export const AttributeLabels = graphql(`
  query AttributeLabels {
    catalogue(includeRetired: true) {
      key
      label {
        en
        de
      }
    }
  }
`);

/** With as little as a name needs; which person was looked at is on record, as with every preview. */
export const NameOfPerson = graphql(`
  query NameOfPerson($employeeId: ID!) {
    previewCredential(
      employeeId: $employeeId
      grants: {
        modules: [{ module: EMPLOYEES, read: true, write: false }]
        read: ["firstName", "lastName", "preferredName"]
        write: []
      }
    ) {
      employeeName
    }
  }
`);

export const ErasePerson = graphql(`
  mutation ErasePerson($employeeId: ID!) {
    erasePerson(employeeId: $employeeId) {
      erasedEmployeeId
      absences
      attendances
      supervised
      userErrors {
        code
      }
    }
  }
`);

export type Erased = ResultOf<typeof ErasePerson>['erasePerson'];
