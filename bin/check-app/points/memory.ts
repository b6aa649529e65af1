import { fails, holds, notSeen, type Point, together } from '../point';

export const memory: Point = {
  name: 'memory',
  look: (run) => {
    if (run.props.docker) return notSeen('a container’s memory is not seen from here: docker stats');
    const most = [...run.memory.most()];
    if (most.length === 0) return notSeen('only Linux tells the memory of a process and of its children');
    return together(
      most.map(([name, mib]) => {
        const limit = run.program(name)?.memoryMiB;
        if (limit === undefined) return notSeen(`the task definition of ${name} names no memory`);
        if (mib <= limit) return holds(`${name} took ${Math.round(mib)} of ${limit} MiB`);
        return fails(`${name} took ${Math.round(mib)} MiB; its task has ${limit}, and ECS kills what takes more → "memoryMiB"`);
      }),
    );
  },
};
