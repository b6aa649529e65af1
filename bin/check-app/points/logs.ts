import { readOutput } from '../output';
import { fails, holds, notSeen, type Point } from '../point';
import { secretsOf } from '../variables';

export const logs: Point = {
  name: 'logs',
  look: async (run) => {
    await run.ended();
    const secrets = secretsOf(run.props.backends);
    const outputs = run.tasks.map((task) => ({ task, ...readOutput(task.output, secrets) }));
    const wrong = outputs.find(({ problem }) => problem !== undefined);
    if (wrong?.problem !== undefined) return fails(`${wrong.task.program.name}: ${wrong.problem}`);
    const lines = outputs.reduce((sum, output) => sum + output.lines, 0);
    const json = outputs.reduce((sum, output) => sum + output.json, 0);
    if (lines === 0) return notSeen('no program wrote a line');
    const rest = json === lines ? 'all of them JSON' : `${json} of them JSON, which CloudWatch can search by field`;
    return holds(`${lines} whole lines, ${rest}`);
  },
};
