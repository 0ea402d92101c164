"""What respondents are classed as."""

import pandas as pd

from esslib.survey.classes import tool_classes


def test_tools_have_a_class(codebook):
    people = pd.DataFrame(
        {
            "tool": ["predice_pro", "mssante", "doctolib_team", "phone", "fax"],
            "group": pd.Categorical(["users", *["non_users"] * 4]),
        }
    )
    classes = {d: tool_classes(people, codebook, definition=d) for d in ("methods", "regression")}
    assert classes["methods"].tolist()[:4] == [
        "users",
        "secured_other",
        "secured_other",
        "non_secured",
    ]
    assert classes["methods"].cat.categories.tolist() == ["users", "secured_other", "non_secured"]
    assert classes["regression"].iloc[2] == "non_secured"
    assert classes["methods"].isna().tolist() == [False] * 4 + [True]
