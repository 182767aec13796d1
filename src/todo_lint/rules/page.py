"""The page of one rule, as ``todo-lint explain`` prints it and docs/rules.md holds it."""

from __future__ import annotations

from todo_lint.rules.api import Rule
from todo_lint.rules.documentation import RuleDocumentation


def write_rule_page(rule: Rule, page: RuleDocumentation) -> str:
    """The page in Markdown, ending in a line feed."""
    return f"""## {rule.id}

{page.title} Severity: {rule.severity.label}. It looks at {rule.subject.value}.

**What it finds.** {page.what}

**Why it matters.** {page.why}

Bad:

```
{page.bad}
```

Good:

```
{page.good}
```
"""
