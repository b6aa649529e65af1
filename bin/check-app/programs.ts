import { taskSize } from '../../lib/template/tasks';
import { elements, type Json, member, scalar, type Template } from '../../lib/template/template';

/** The containers of a store's tasks that an app is made of, in the order in which they start. */
export const programNames = ['roles', 'migrations', 'api', 'worker', 'site'] as const;
export type ProgramName = (typeof programNames)[number];

/** What a task definition says of one container. */
export interface Program {
  readonly name: ProgramName;
  /** undefined: that of the image. */
  readonly command: readonly string[] | undefined;
  /** An image of somebody's own, and not the store's. */
  readonly own: boolean;
  /** Plain variables; undefined where only a deployment knows the value. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  /** Names of variables that come from Secrets Manager. */
  readonly secrets: readonly string[];
  /** MiB of the whole task. */
  readonly memoryMiB: number | undefined;
  /** Its image as the settings have it; undefined: the store's own. */
  readonly image: string | undefined;
  /** Folders of the container that may be written to; undefined: all of its disk. */
  readonly writable: readonly string[] | undefined;
}

/** What the template has of an app: its programs, and the parts that they stand on. */
export interface ProgramsOfTemplate {
  readonly programs: ReadonlyMap<ProgramName, Program>;
  /** Whether a proxy stands in front of the database. */
  readonly proxy: boolean;
}

/**
 * The containers by name; where two tasks have one of the same name, the first.
 * @param images those that are somebody's own
 */
export function programsOf(template: Template, images: ReadonlyMap<ProgramName, string>): ProgramsOfTemplate {
  const programs = template.ofType('AWS::ECS::TaskDefinition').flatMap((definition) => {
    const memoryMiB = memoryOf(definition);
    return definition.list('ContainerDefinitions').flatMap((container) => {
      const name = programNames.find((known) => known === member(container, 'Name'));
      return name === undefined ? [] : [programOf(name, container, memoryMiB, images.get(name))];
    });
  });
  const byName = new Map<ProgramName, Program>();
  for (const program of programs) if (!byName.has(program.name)) byName.set(program.name, program);
  return { programs: byName, proxy: template.ofType('AWS::RDS::DBProxy').length > 0 };
}

type Definition = ReturnType<Template['ofType']>[number];

function memoryOf(definition: Definition): number | undefined {
  const size = taskSize(definition);
  return size && size.memoryGb * 1024;
}

function programOf(name: ProgramName, container: Json, memoryMiB: number | undefined, image: string | undefined): Program {
  const command = elements(member(container, 'Command')).map((word) => scalar(word) ?? '');
  return {
    name,
    command: command.length > 0 ? command : undefined,
    own: image !== undefined,
    environment: new Map(
      elements(member(container, 'Environment')).map((variable) => [
        scalar(member(variable, 'Name')) ?? '',
        scalar(member(variable, 'Value')),
      ]),
    ),
    secrets: elements(member(container, 'Secrets')).map((secret) => scalar(member(secret, 'Name')) ?? ''),
    memoryMiB,
    image,
    writable: member(container, 'ReadonlyRootFilesystem') === true ? writableFolders(container) : undefined,
  };
}

const writableFolders = (container: Json): readonly string[] =>
  elements(member(container, 'MountPoints')).map((mount) => scalar(member(mount, 'ContainerPath')) ?? '');
