"""The furniture of every screen: page frames, form fields, badges, tables, the map; our own styles and scripts.

`templates/ui` holds frames (`page`, `staff`, `public`, `print`) and macros whose parameters stand at the top of each file.
`static/ui` holds one stylesheet a noun and small scripts that need no build. Nothing here carries an inline style or an
inline script and nothing is fetched from another host, so the content security policy can stay at `'self'`.

Sizes follow the Korean government's digital design guide (KRDS): base text 17 px, headings 40/32/24/19 px (28/24/22/19 on
phones), buttons 32/40/48/56 px high. Colors, shapes and rules are our own.
"""
