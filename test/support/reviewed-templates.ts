import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CollectionTag, parse, type ScalarTag } from 'yaml';
import type { TierName } from '../../lib/tiers/tier';
import { isAccepting } from './golden';
import { readableTemplate } from './readable-template';
import { type CloudFormationTemplate, onceInThisRun, templateOf } from './stores';

export const reviewedFile = (tier: TierName): string => join(__dirname, `../templates/${tier}.yaml`);

/**
 * The template of a size that was reviewed last, from its file. Tests of what is said of a template take this one: where the stack
 * changes by accident, the tests of the stack and of the file turn red, and they do not.
 */
export function reviewedTemplate(tier: TierName): CloudFormationTemplate {
  return onceInThisRun(`reviewed ${tier}`, () => inOrderOf(templateOf(tier), parseReadable(reviewedText(tier))));
}

/** While a new file is accepted, what it will be. */
function reviewedText(tier: TierName): string {
  return isAccepting() ? readableTemplate(templateOf(tier)) : readFileSync(reviewedFile(tier), 'utf8');
}

/** The file is sorted; what is said of a template goes by the order of the stack. */
function inOrderOf(stack: CloudFormationTemplate, template: CloudFormationTemplate): CloudFormationTemplate {
  const order = Object.keys(stack.Resources);
  const resources = Object.entries(template.Resources).toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  return { ...template, Resources: Object.fromEntries(resources) };
}

/** The reverse of `readableTemplate`. */
function parseReadable(text: string): CloudFormationTemplate {
  return parse(text, { customTags: [...shortForms, ...json] }) as CloudFormationTemplate;
}

const shortForms: ScalarTag[] = [
  { tag: '!Ref', resolve: referenceTo },
  { tag: '!GetAtt', resolve: referenceTo },
  { tag: '!Sub', resolve: joined },
];

const json = (['map', 'seq'] as const).map(
  (collection): CollectionTag => ({ tag: '!JSON', collection, resolve: (node) => joined(JSON.stringify(node)) }),
);

function referenceTo(path: string): object {
  const parts = path.split('.');
  return parts.length === 1 ? { Ref: path } : { 'Fn::GetAtt': parts };
}

/** A text with `${references}` as the CDK writes it. */
function joined(text: string): unknown {
  const pieces = text.split(/\$\{([^!}]+)\}/).map((piece, index) => (index % 2 === 0 ? piece : referenceTo(piece)));
  const [first] = pieces;
  return pieces.length === 1 ? first : { 'Fn::Join': ['', pieces.filter((piece) => piece !== '')] };
}
