import { userError, type UserError } from '../operations/user-error';

const LONGEST_NAME = 100;
const LONGEST_EMAIL = 254;
/** Enough to notice a slip of the hand; only a mail that arrives would prove more. */
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** What is wrong with how somebody wants to be called and reached. */
export function checkAdmin({ email, name }: { readonly email?: string; readonly name?: string }): UserError[] {
  return [
    ...(email === undefined ? [] : checkEmail(email.trim())),
    ...(name === undefined ? [] : checkName(name.trim())),
  ];
}

function checkEmail(email: string): UserError[] {
  if (email === '') return [userError(['email'], 'REQUIRED', 'Give an email address.')];
  if (email.length > LONGEST_EMAIL) return [userError(['email'], 'TOO_LONG', 'This email address is too long.')];
  return EMAIL.test(email) ? [] : [userError(['email'], 'INVALID', 'This is no email address.')];
}

function checkName(name: string): UserError[] {
  if (name === '') return [userError(['name'], 'REQUIRED', 'Give a name.')];
  if (name.length <= LONGEST_NAME) return [];
  return [userError(['name'], 'TOO_LONG', `A name has at most ${LONGEST_NAME} characters.`)];
}
