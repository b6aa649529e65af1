import { CfnElement, CfnOutput, type Stack } from 'aws-cdk-lib';
import { taskParts } from './template/foundation';
import type { CloudFormationTemplate } from './template/template';

/** Takes from a stack what its second stage adds. @param template what the whole stack synthesises to */
export function keepFoundation(stack: Stack, template: CloudFormationTemplate): void {
  const { resources, outputs } = taskParts(template);
  for (const element of stack.node.findAll()) {
    if (!CfnElement.isCfnElement(element)) continue;
    const id = String(stack.resolve(element.logicalId));
    if ((element instanceof CfnOutput ? outputs : resources).has(id)) element.node.scope?.node.tryRemoveChild(element.node.id);
  }
}
