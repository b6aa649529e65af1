import type { Settings } from '../../../../alarms/assessment/change';
import type { CloudFormationTemplate } from '../../../template/template';

/** One part of a template made larger, and the store settings that do the same. */
export interface PartChange {
  readonly apply: (template: CloudFormationTemplate) => CloudFormationTemplate;
  /** `maximum API tasks` */
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly settings: Settings;
}
