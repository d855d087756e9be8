"""Small official files about places, as the tests lay them before the software."""

CODES = """행정동코드\t시도명\t시군구명\t읍면동명\t생성일자\t말소일자
1100000000\t서울특별시\t\t\t19880423\t
1153000000\t서울특별시\t구로구\t\t19880423\t
1153078000\t서울특별시\t구로구\t오류2동\t19880423\t
1153080000\t서울특별시\t구로구\t항동\t20200101\t
1174000000\t서울특별시\t강동구\t\t19880423\t
1174051500\t서울특별시\t강동구\t강일동\t20090101\t
1174052000\t서울특별시\t강동구\t상일동\t19880423\t20210701
1174052500\t서울특별시\t강동구\t상일제1동\t20210701\t
1174052600\t서울특별시\t강동구\t상일제2동\t20210701\t
"""

LEGAL = """법정동코드,시도명,시군구명,읍면동명,동리명,생성일자,말소일자
1153000000,서울특별시,구로구,,,19880423,
1153010800,서울특별시,구로구,오류동,,19880423,
1153011200,서울특별시,구로구,항동,,19880423,
1153011221,서울특별시,구로구,항동,윗말리,19880423,
"""
MIX = """행정동코드,시도명,시군구명,읍면동명,법정동코드,동리명,생성일자,말소일자
1153000000,서울특별시,구로구,,1153000000,구로구,19880423,
1153078000,서울특별시,구로구,오류2동,1153010800,오류동,19880423,
1153078000,서울특별시,구로구,오류2동,1153011200,항동,19880423,20200101
1153080000,서울특별시,구로구,항동,1153011200,항동,20200101,
"""


def square(west: float, south: float, side: float = 0.01) -> dict:
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: dict, **told) -> dict:
    return {"type": "Feature", "geometry": geometry, "properties": told}


def collection(*features: dict) -> dict:
    return {"type": "FeatureCollection", "features": list(features)}
