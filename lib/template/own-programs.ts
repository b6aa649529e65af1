import { entryPoints, environment } from '../../services/contract';
import { runningContainers } from './tasks';
import { elements, type Json, member, type Resource, scalar, type Template } from './template';

/** A container that runs somebody's own image in a service of the store. */
export interface OwnProgram {
  readonly service: Resource;
  /** Of the container: `api`. */
  readonly name: string;
  /** It is told where the cache is. */
  readonly readsCache: boolean;
}

/** Containers that keep running and are not of the image that the migrations, or whatever of the store prepares the task, run from. */
export function ownProgramsOf(template: Template): readonly OwnProgram[] {
  return template.ofType('AWS::ECS::Service').flatMap((service) => {
    const [definition] = service.references('TaskDefinition');
    const stores = new Set((definition?.list('ContainerDefinitions') ?? []).filter(isStores).map(imageOf));
    return runningContainers(definition).flatMap((container) => {
      if (isStores(container) || stores.has(imageOf(container))) return [];
      return [{ service, name: scalar(member(container, 'Name')) ?? service.id, readsCache: readsCache(container) }];
    });
  });
}

const commands: ReadonlySet<string> = new Set(Object.values(entryPoints));

/** `node api.js`, as the image of the store's services starts its programs. */
function isStores(container: Json): boolean {
  const [program, script] = elements(member(container, 'Command'));
  return program === 'node' && typeof script === 'string' && commands.has(script);
}

const imageOf = (container: Json): string => JSON.stringify(member(container, 'Image'));

function readsCache(container: Json): boolean {
  const given = ['Environment', 'Secrets'].flatMap((list) => elements(member(container, list)).map((one) => member(one, 'Name')));
  return given.some((name) => name === environment.cacheHost || name === environment.redisUrl);
}
