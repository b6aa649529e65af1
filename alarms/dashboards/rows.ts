import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';

/** What one screen shows, in CloudWatch's units of about 50 pixels: 24 wide is all there is; 24 high, a monitor of 1440 lines. */
export const screen = { columns: 24, rows: 24 } as const;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A widget that takes the room it is given. */
export type Panel = (size: Size) => IWidget;

/** Panels side by side; undefined: the store lacks what it would show. */
export interface Row {
  readonly height: number;
  readonly panels: readonly (Panel | undefined)[];
}

export const row = (height: number, ...panels: Row['panels']): Row => ({ height, panels });

/** Widgets a row, each row filled from edge to edge by the panels that there are. */
export function widgetsOf(rows: readonly Row[]): IWidget[][] {
  return rows
    .map(({ height, panels }) => {
      const there = panels.filter((panel) => panel !== undefined);
      const width = Math.floor(screen.columns / there.length);
      const wider = screen.columns % there.length;
      return there.map((panel, index) => panel({ width: index < wider ? width + 1 : width, height }));
    })
    .filter((widgets) => widgets.length > 0);
}
