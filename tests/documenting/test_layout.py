"""How the documentation of a small schema looks, to the letter."""

from gateway.documenting.page import documentation

SDL = '''
directive @policy(policies: [[Policy!]!]!) on FIELD_DEFINITION | OBJECT

"""Een voorwaarde."""
scalar Policy @specifiedBy(url: "https://voorbeeld.example/policy")

type Query {
  _service: String

  """Een ding."""
  ding(
    """De sleutel."""
    id: ID!
    """Hoeveel."""
    aantal: Int! = 3
    oud: Int @deprecated(reason: "Gebruik `aantal`.")
  ): [Ding!] @policy(policies: [["eigen"]])
}

"""Een ding | iets."""
type Ding implements Genoemd @policy(policies: [["dingen.lezen"]]) {
  naam: String!
  kort: Soort
  soort(kort: Boolean = true): Soort @deprecated(reason: "Er is *geen* andere.")
}

interface Genoemd { naam: String!  kort: Soort }

"""Iets los."""
type Los { deel: Deel }

union Deel = Ding | Los

input Invoer @oneOf { een: String  twee: Invoer }

enum Soort {
  """De ene."""
  een
  twee @deprecated
}
'''

SHOWN = r"""
## Inhoudsopgave

- [Vragen](#vragen): [ding](#vraag-ding), [\_service](#vraag-_service)
- [Objecttypen](#objecttypen): [Ding](#ding), [Los](#los)
- [Interfaces](#interfaces): [Genoemd](#genoemd)
- [Unions](#unions): [Deel](#deel)
- [Invoertypen](#invoertypen): [Invoer](#invoer)
- [Enums](#enums): [Soort](#soort)
- [Scalars](#scalars): [Policy](#policy)
- [Directives](#directives): [@policy](#policy)

## Vragen

### Vraag ding

Een ding.

```graphql
ding(
  id: ID!
  aantal: Int! = 3
  oud: Int
): [Ding!]
```

**Wie mag:** een klant, van zichzelf.

**Geeft:** \[[Ding](#ding)!\]

| Argument | Type | Standaard | Betekenis |
| --- | --- | --- | --- |
| `id` | ID! |  | De sleutel. |
| `aantal` | Int! | `3` | Hoeveel. |
| `oud` | Int |  | **Vervalt:** Gebruik `aantal`. |

### Vraag \_service

```graphql
_service: String
```

**Wie mag:** iedereen.

**Geeft:** String

## Objecttypen

### Ding

Een ding | iets.

**Is een:** [Deel](#deel), [Genoemd](#genoemd)

**Wie mag:** een medewerker of systeem met recht `dingen.lezen`.

| Veld | Type | Betekenis |
| --- | --- | --- |
| `naam` | String! |  |
| `kort` | [Soort](#soort) |  |
| `soort(…)` | [Soort](#soort) | **Vervalt:** Er is \*geen\* andere. |

Argumenten van `soort`:

| Argument | Type | Standaard |
| --- | --- | --- |
| `kort` | Boolean | `true` |

**Komt voor in:** [ding](#vraag-ding), [Los.deel](#los)

### Los

Iets los.

**Is een:** [Deel](#deel)

| Veld | Type | Betekenis |
| --- | --- | --- |
| `deel` | [Deel](#deel) |  |

**Komt voor in:** [Los.deel](#los)

## Interfaces

### Genoemd

**Is een van:**

- [Ding](#ding): Een ding | iets.

| Veld | Type | Betekenis |
| --- | --- | --- |
| `naam` | String! |  |
| `kort` | [Soort](#soort) |  |

## Unions

### Deel

**Is een van:**

- [Ding](#ding): Een ding | iets.
- [Los](#los): Iets los.

**Komt voor in:** [Los.deel](#los)

## Invoertypen

### Invoer

Precies één van deze velden moet gegeven zijn.

| Veld | Type |
| --- | --- |
| `een` | String |
| `twee` | [Invoer](#invoer) |

**Komt voor in:** [Invoer.twee](#invoer)

## Enums

### Soort

| Waarde | Betekenis |
| --- | --- |
| `een` | De ene. |
| `twee` | **Vervalt:** No longer supported |

**Komt voor in:** [Ding.soort](#ding), [Genoemd.kort](#genoemd)

## Scalars

### Policy

Een voorwaarde.

**Vorm:** <https://voorbeeld.example/policy>

## Directives

### @policy

| Argument | Type |
| --- | --- |
| `policies` | \[\[[Policy](#policy)!\]!\]! |
"""


def test_a_small_schema_is_shown_whole() -> None:
    shown = documentation(SDL)
    begin = shown.index("\n## Inhoudsopgave")
    assert shown[begin:] == SHOWN


def test_a_schema_without_mutations_has_no_chapter_of_them() -> None:
    assert "Mutaties" not in documentation("type Query { een: Int }")
