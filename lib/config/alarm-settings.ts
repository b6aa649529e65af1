import * as z from 'zod';
import { list, text } from './schemas';

/** Settings of who is notified by alarms. */

export const slack = z.strictObject({
  workspaceId: text(
    "the id of a Slack workspace, from the workspace's address, is allowed",
    'T0123456789',
    /^[TE][0-9A-Z]{5,24}$/,
  ).describe('the workspace, which somebody has authorized for AWS once, in the console'),
  channelId: text(
    "the id of a channel, from the channel's details in Slack, is allowed",
    'C0123456789',
    /^[CG][0-9A-Z]{5,24}$/,
  ).describe('the channel'),
});

const topicArns = (name: string) =>
  list(
    text(
      'the ARN of a topic in SNS is allowed',
      `arn:aws:sns:us-east-1:111122223333:${name}`,
      /^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/,
    ),
    { from: 1, to: 4, what: 'topics', example: [`arn:aws:sns:us-east-1:111122223333:${name}`] }, // five actions an alarm, the store's topic is one
  );

export const alarmTopics = z
  .strictObject({
    page: topicArns('on-call').describe('notified by alarms that page: use the topic of an on-call service'),
    ticket: topicArns('tickets').describe('notified by all other alarms'),
  })
  .exactPartial();
