import { environment, rotateArgument } from '../../services/contract';
import type { Program } from './containers';
import { account } from './deploy';

/** What stands behind the names of a list. */
const listed = ({ variables }: Program, variable: string): readonly string[] =>
  (variables[variable] ?? '')
    .split(',')
    .filter((entry) => entry !== '')
    .map((entry) => entry.slice(entry.indexOf('=') + 1));

export const rotates = ({ words }: Program): boolean => words.includes(rotateArgument);

/** Of the roles that a program logs in as, or sees to. */
export function passwordSecrets(program: Program): readonly string[] {
  const one = program.variables[environment.databasePasswordSecret];
  return [...(one === undefined ? [] : [one]), ...listed(program, environment.databasePasswordSecrets)];
}

/** With those that a rotation writes besides. */
export const secretsOf = (program: Program): readonly string[] => [
  ...passwordSecrets(program),
  ...[environment.databaseUserSecrets, environment.databaseUrlSecrets].flatMap((variable) => listed(program, variable)),
];

/** Services whose tasks a rotation replaces. */
export function handedTo(program: Program): readonly string[] {
  const services = new Set(listed(program, environment.passwordHandedTo));
  return [...services].map((service) => `arn:aws:ecs:${program.variables[environment.region]}:${account}:service/${service}`);
}
