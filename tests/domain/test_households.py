"""Households: registering, changing, hiding, joining, and reading them within reach."""


def test_the_small_world_stands(world, who):
    kim = world.households["kim"]
    assert kim.residents.get().name == "김영숙"
    assert who("planner").dong_ids == {world.dongs["own"].pk}
    assert who("gu_officer", "other_gu").dong_ids == {world.dongs["other_gu"].pk}
