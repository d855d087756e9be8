"""찾동: what a district runs its 찾아가는 동주민센터 on. The floors are told in docs/house.md."""
