import { startedThings, startTogether } from './started';

/** Things that say when they stop. */
function recorded() {
  const stopped: string[] = [];
  return { stopped, thing: (name: string) => ({ name, stop: () => void stopped.push(name) }) };
}

describe('things that have started', () => {
  it('are stopped in reverse', async () => {
    const { stopped, thing } = recorded();
    const things = startedThings();
    await things.use(thing('server'));
    things.defer(() => stopped.push('connection'));
    await things.stop();
    expect(stopped).toEqual(['connection', 'server']);
  });

  it('are all stopped though one of them fails to, and the failure is not lost', async () => {
    const { stopped, thing } = recorded();
    const things = startedThings();
    await things.use(thing('first'));
    await things.use({ stop: () => Promise.reject(new Error('it hangs')) });
    await things.use(thing('last'));
    await expect(things.stop()).rejects.toThrow('it hangs');
    expect(stopped).toEqual(['last', 'first']);
  });

  it('are stopped when they are still starting while another one fails', async () => {
    const { stopped, thing } = recorded();
    const things = startedThings();
    const slow = Promise.withResolvers<ReturnType<typeof thing>>();
    const starting = Promise.all([things.use(slow.promise), things.use(Promise.reject(new Error('no port')))]);
    await expect(starting).rejects.toThrow('no port');
    const stopping = things.stop();
    slow.resolve(thing('slow'));
    await stopping;
    expect(stopped).toEqual(['slow']);
  });

  it('are stopped at once where they come after the end, as behind a set-up that was given up', async () => {
    const { stopped, thing } = recorded();
    const things = startedThings();
    await things.stop();
    await expect(things.use(thing('late'))).rejects.toThrow('after the others were stopped');
    expect(stopped).toEqual(['late']);
  });
});

describe('what is built of several', () => {
  it('stops them when it is stopped', async () => {
    const { stopped, thing } = recorded();
    const built = await startTogether(async (started) => ({ name: (await started.use(thing('part'))).name }));
    expect([built.name, stopped]).toEqual(['part', []]);
    await built.stop();
    expect(stopped).toEqual(['part']);
  });

  it('leaves none of them where a later one does not start', async () => {
    const { stopped, thing } = recorded();
    const building = startTogether(async (started) => {
      await started.use(thing('part'));
      throw new Error('no memory');
    });
    await expect(building).rejects.toThrow('no memory');
    expect(stopped).toEqual(['part']);
  });
});
