"""시 > 자치구 > 행정동 > 통 > 반, legal dong, outlines, and the rules that change by date or district."""
