"""The heads of a programme's table, in Chinese and English, as people and our own files write them."""

from collections.abc import Mapping

# The first of each language stands in the template; the others are read too.
HEADS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "day": (("日期", "活动日期"), ("Date", "Day")),
    "start": (("开始", "开始时间", "来自", "时间"), ("Start", "From", "Start time", "Time")),
    "end": (("结束", "结束时间", "至"), ("End", "To", "End time")),
    "length": (("时长（分钟）", "时长", "分钟"), ("Minutes", "Length", "Duration")),
    "planned_start": (("原定开始",), ("Planned start",)),
    "stage": (("舞台", "地点", "场地"), ("Stage", "Room", "Place")),
    "stage_code": (("舞台代码",), ("Stage code",)),
    "stage_name": (("舞台名称",), ("Stage's name", "Stage name")),
    "title_zh": (
        ("节目（中文）", "节目名称（中文）", "节目", "节目名称", "名称", "标题"),
        ("Item (Chinese)", "Title (Chinese)"),
    ),
    "title_en": (
        ("节目（英文）", "节目名称（英文）", "英文名称"),
        ("Item (English)", "Title (English)", "Title", "Item"),
    ),
    "kind": (("类型",), ("Kind", "Type")),
    "troupe": (("演职团队", "团队", "表演者", "演出单位"), ("Troupe", "Performers", "Speakers")),
    "delegation": (("展团",), ("Delegation",)),
    "languages": (("语言",), ("Languages", "Language")),
    "state": (("状态",), ("State", "Status")),
    "call_minutes_before": (("候场提前（分钟）",), ("Call time (minutes before)",)),
    "setup_minutes": (("装台（分钟）",), ("Set-up (minutes)",)),
    "teardown_minutes": (("撤台（分钟）",), ("Tear-down (minutes)",)),
    "walk_minutes": (("转场（分钟）",), ("Walk (minutes)",)),
    "wireless_mics": (("无线话筒", "话筒"), ("Wireless microphones", "Microphones")),
    "audio": (("音频",), ("Audio",)),
    "props_zh": (("道具",), ("Props",)),
    "notice_zh": (("说明", "说明（中文）"), ("Notice (Chinese)",)),
    "notice_en": (("说明（英文）",), ("Notice", "Notice (English)")),
    "zone": (("展区",), ("Zone",)),
    "ref": (("编号",), ("Id", "ID")),
    "guid": (("唯一标识",), ("GUID",)),
}
NOT_IN_TEMPLATE = ("planned_start", "stage_name", "zone", "ref")
