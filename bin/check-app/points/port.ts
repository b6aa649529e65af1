import { fails, holds, type Point } from '../point';

export const port: Point = {
  name: 'port',
  look: async (run) => {
    const unheard = [...(await run.unheard()).values()];
    if (unheard.length > 0) return fails(`${unheard.join('; ')}; listen on 0.0.0.0 and the port in the variable PORT`);
    return holds(`listens on PORT at every address: ${run.servers.map(({ name }) => name).join(', ')}`);
  },
};
