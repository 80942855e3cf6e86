import { expect, it } from "vitest";
import { metadataItems, metadataNumber } from "./items";

it("keeps the text of numbers beside their value", () => {
  const [item] = metadataItems([
    {
      __typename: "IntMetadataEntry",
      label: "rows",
      description: null,
      intValue: null,
      intRepr: "12345678901234",
    },
  ]);
  expect(item).toEqual({
    label: "rows",
    description: undefined,
    value: { kind: "number", value: undefined, text: "12345678901234" },
  });
});

it("takes numbers, and only numbers, for trends", () => {
  const float = { label: "x", description: null, floatRepr: "" };
  expect(metadataNumber({ __typename: "FloatMetadataEntry", ...float, floatValue: 1.5 })).toBe(1.5);
  expect(metadataNumber({ __typename: "FloatMetadataEntry", ...float, floatValue: null })).toBeUndefined();
  expect(
    metadataNumber({ __typename: "TextMetadataEntry", label: "t", description: null, text: "1.5" }),
  ).toBeUndefined();
});

it("names the constraints of columns", () => {
  const column = { __typename: "TableColumn", name: "id", type: "int", description: null } as const;
  const constraints = {
    __typename: "TableColumnConstraints",
    nullable: false,
    unique: true,
    other: ["> 0"],
  } as const;
  const [item] = metadataItems([
    {
      __typename: "TableSchemaMetadataEntry",
      label: "schema",
      description: null,
      schema: { __typename: "TableSchema", columns: [{ ...column, constraints }] },
    },
  ]);
  expect(item?.value).toEqual({
    kind: "schema",
    columns: [
      { name: "id", type: "int", description: undefined, constraints: ["not null", "unique", "> 0"] },
    ],
  });
});
