"""The grammar of the long text: `texts.py` writes it out.

WORDS holds what a slot in braces may become, words parted by blanks; a word may hold slots again. `{int:2-99}` is a
whole number, `{cn:2-99}` the same in Chinese numerals. FIGURED and PLAIN are the forms of sentences: each slot of
FIGURES is one figure; a PLAIN form has none, only traps: dates, slogans, ordinals, fixed phrases.
"""

from __future__ import annotations

WORDS = {
    "place": (
        "平江县 浏阳市 桃源县 武冈市 沅江市 临湘市 炎陵县 攸县 衡山县 祁阳市 双峰县 汝城县 宜章县 凤凰县 龙山县 石门县 澧县 绥宁县 "
        "洞口县 嘉禾县 芷江侗族自治县 江华瑶族自治县 辰溪县 会同县 华容县 南县 湘阴县 醴陵市 道县 桑植县"
    ),
    "town": "{first}{second}{kind}",
    "firm": "{first}{second}{trade}有限公司",
    "person": "{surname}{given}{given}",
    "first": (
        "青 石 龙 泉 清 溪 白 马 大 桥 新 田 古 塘 金 竹 杨 柳 云 山 双 江 黄 沙 赤 岭 松 木 铁 炉 花 园 高 坪 长 岗 月 亮 官 渡 麻 林 "
        "茶 亭 寒 水 仙 梅 枫 香"
    ),
    "second": ("溪 坪 塘 桥 坡 冲 岭 湾 洲 田 坝 铺 港 峪 潭 山 江 垅 园 台 源 峰 界 门 泉 洞 口 渡 浦"),
    "kind": ("镇 乡 街道 村 社区 瑶族乡 工业园 林场"),
    "trade": ("农业科技 精密机械 新材料 食品 纺织 电子 建材 物流 生物医药 光伏能源 茶业 陶瓷"),
    "surname": (
        "王 李 张 刘 陈 杨 黄 赵 周 吴 徐 孙 朱 马 胡 郭 林 何 高 罗 郑 梁 谢 宋 唐 许 邓 曹 彭 曾 肖 田 董 袁 潘 蒋 蔡 余 杜 叶 程 苏 "
        "魏 吕 丁 任"
    ),
    "given": (
        "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 兰 霞 平 刚 桂 英 华 玉 萍 红 鹏 建 国 志 文 斌 宇 浩 飞 梅 新 春 雪 晓 海 "
        "波 云 天 永 丰 立 成 林"
    ),
    "body": (
        "农业农村局 自然资源局 水利局 教育局 卫生健康局 交通运输局 文化旅游广电体育局 林业局 商务局 科技局 "
        "市场监督管理局 人力资源和社会保障局 民政局 公安局交通警察大队 应急管理局 税务局 图书馆 疾病预防控制中心 "
        "供销合作社 妇联 残联 共青团"
    ),
    "field": (
        "乡村产业 水利建设 义务教育 基层医疗 农村公路 文旅融合 生态修复 电子商务 科技创新 食品安全 就业服务 养老服务 道路安全 安全生产 "
        "税费服务 全民阅读 疾病防控 农资供应 妇女儿童工作 人居环境 高标准农田 林下经济 数字政务 河湖管护 老旧小区改造 住房保障"
    ),
    "does": (
        "完善工作机制 压实主体责任 补齐短板弱项 优化服务流程 强化部门协同 下沉一线走访 建立问题清单 细化任务分工 加强业务培训 "
        "畅通诉求渠道 开展专项整治 推行网格管理 组织观摩交流 健全考核办法 深化结对帮扶 引入社会力量 推动资源共享 做好跟踪问效 "
        "严格资金监管 丰富活动形式"
    ),
    "aim": (
        "让群众办事更加方便 让田野充满生机 为县域发展注入动力 守住不发生规模性返贫的底线 把惠民政策送到家门口 使山水更有颜值 "
        "让老人安享晚年 让孩子就近上好学 把风险化解在萌芽状态 为企业送去及时雨 让文化走进寻常巷陌 使道路更加通畅 推动作风持续好转 "
        "把短板变成潜力 让粮仓更加殷实 为游客带来新的体验 使河道重现碧波 让闲置资源活起来 把服务延伸到最后一公里 为青年返乡搭好舞台"
    ),
    "at": (
        "在田间地头 在项目工地 在便民大厅 在农家书屋 在河堤沿线 在集镇市场 在校园门口 在车站广场 在矿区旧址 在茶园深处 在屋场院落 "
        "在产业园里 在水库坝上 在养老院内"
    ),
    "when": (
        "近年来 今年以来 去年 上半年 前三季度 入冬以来 春节前后 汛期到来之前 今年年初 截至目前 近日 连日来 当年 暑假期间 农忙时节 "
        "疫情发生以来"
    ),
    "slogan": (
        "“两山” “一网通办” “三高四新” “百千万工程” “一村一品” “四好农村路” “双随机、一公开” “五一劳动奖” “三下乡” "
        "“九小场所” “一件事一次办” “七彩假期” “六稳六保” “千企千村” “十个一”"
    ),
    "trap": (
        "5G基站 3D打印车间 4A级景区 G60沿线 国道106线 第十二届运动会 二期工程 三大攻坚战 十四五规划 百强县 第一书记 一站式窗口 零工市场 "
        "五保供养 两癌筛查 一卡通系统 第三方评估 三农工作 七一表彰 一户一档"
    ),
    "plainend": (
        "受到一致好评 取得了明显成效 形成了一批可复制的经验 进一步凝聚了共识 赢得了各方支持 成为当地的一张名片 走在了前列 呈现出崭新气象 "
        "打下了坚实基础 越来越有盼头"
    ),
    "moneyof": (
        "投入资金 发放补贴 兑现奖励 争取上级资金 整合涉农资金 完成固定资产投资 实现销售收入 追回工资 减免税费 签约金额 发放贷款 筹集善款 "
        "落实项目资金 为企业节约成本"
    ),
    "grows": (
        "规模工业增加值 社会消费品零售总额 村集体经济收入 游客接待量 茶叶产量 出口额 城镇新增就业 图书借阅量 网上办件量 粮食总产量 "
        "农民人均可支配收入 电商交易额"
    ),
    "falls": ("交通事故数 信访量 办理时限 生产成本 能耗 投诉量 空置率 失火次数"),
    "shared": ("脱贫户 规模企业 行政村 青年干部 受访群众 中小学校 外出务工者 新建项目"),
    "shares": ("建档率 合格率 自来水普及率 满意度 入户率 覆盖率 成活率 就诊率 完成率"),
    "date": "{day} {day} {past}年{day} {past}年{int:1-12}月",
    "day": "{int:1-12}月{int:1-28}日",
    "past": "{int:2012-2023}",
    "year": "{int:2023-2035}",
    # Numbers, and numbers with a hedge before or after them.
    "number": (
        "{int:2-999} {int:2-999} {int:1-99}{int:100-999} {int:1-99},{int:100-999} {int:1-99}.{int:1-99}万 {int:2-980}万 "
        "{int:1-9}.{int:1-9}亿"
    ),
    "about": (
        "{number} {number} {number} {number} {number} {number} 近{number} 约{number} 超过{number} 不低于{number} {number}余 {number}多 "
        "{cn:2-999}"
    ),
    "thing": (
        "家企业 家合作社 家农家乐 家民宿 家专卖店 家养殖场 家诊所 家书店 个村庄 个项目 个网格 个服务站 个产业基地 个便民点 个问题 "
        "个隐患点 个工作专班 个品牌 名干部 名志愿者 名学生 名医生 名教师 名党员 名务工人员 名技术员 名护林员 名老人 条公路 条生产线 "
        "条河流 条水渠 条建议 条线索 座水库 座桥梁 座泵站 座大棚 座厂房 座污水处理厂 处险段 处塌方 处文物点 处饮水工程 处停车场 "
        "处警示标志 台农机 台设备 台电脑 台呼吸机 台充电桩 辆校车 辆货车 辆巡逻车 辆公交车 册图书 册教材 册宣传手册 起纠纷 起案件 "
        "起违法行为 项改革举措 项专利 项制度 项技术成果 场招聘会 场宣讲 场培训 场义诊 场演出 支服务队 支宣讲团 支巡查队 户居民 户农户 "
        "户商户 户家庭 人次 吨粮食 吨蔬菜 吨茶叶 吨垃圾 吨肥料"
    ),
    "noun": "{about}{thing}",
    "measured": (
        "高标准农田{about}亩 油茶林{about}亩 稻田{about}亩 果园{about}亩 中药材{about}亩 蔬菜基地{about}亩 通村公路{about}公里 "
        "渠道{about}公里 护栏{about}公里 河道{about}公里 光缆{about}公里 管网{about}公里 厂房{about}平方米 办公用房{about}平方米 "
        "活动中心{about}平方米 绿地{about}平方米 棚户区{about}平方米 废弃矿山{about}公顷 湿地{about}公顷 林地{about}公顷 草场{about}公顷 "
        "光伏电站装机容量{about}千瓦 年发电量{about}万千瓦时 垃圾{about}立方米 土石方{about}立方米 木材{about}立方米 种子{about}公斤 "
        "药材{about}公斤 鲜鱼{about}公斤 通村公路{number}公里以上 厂房{number}平方米左右"
    ),
    "cnmeasured": ("油茶林{cn:20-9999}亩 油茶林{cn:20-9999}余亩 渠道{cn:20-900}多公里 厂房{cn:200-9999}平方米"),
    "plainmoney": ("{int:1-9999}万元 {int:1-99}.{int:1-99}亿元 {int:20-9999}元 {int:1-99}.{int:1-9}万元"),
    "money": (
        "{plainmoney} {plainmoney} {plainmoney} {plainmoney} 近{plainmoney} 约{plainmoney} 超过{plainmoney} {int:2-980}万余元 "
        "{int:2-99}亿多元 {plainmoney}以上 {plainmoney}左右 {cn:2-99}万元"
    ),
    "share": ("{int:2-99}% {int:2-99}.{int:1-9}% {int:2-99}.{int:10-99}% {cn:2-9}成 百分之{cn:2-99}"),
    "points": "{int:1-19}.{int:1-9}个百分点",
    "fraction": "三分之一 三分之二 四分之三 一半 近七成 九成以上 百分之八十",
    "times": "{int:1-9}.{int:1-9}倍",
    "whole": "{int:2-400}起 {int:2-400}件 {int:2-400}次 {int:2-400}天",
    "output": "{int:1-90}万件 {int:1-90}万只 近{int:1-90}万台 {int:1-90}万多套",
    "range": "{int:2-30}至{int:31-90}个 {int:2-30}到{int:31-90}个 {int:2-30}-{int:31-90}个 {int:2-30}~{int:31-90}个",
    "span": "{int:2-30}天 {int:2-30}个月 {int:2-30}年 {int:2-30}个小时",
    "days": "{int:2-45}个工作日",
    "length": "{int:1-99}.{int:1-999}公里",
    "weight": "{about}斤",
    "age": "{int:6-8}0岁 {int:6-8}0周岁",
    "times_a_month": "{int:2-9}次",
}

FIGURES = {
    *("money", "plainmoney", "share", "noun", "measured", "cnmeasured", "whole", "output", "range"),
    *("span", "days", "length", "weight", "points", "fraction", "times", "age", "times_a_month"),
}
FIGURED = (
    "{when}，{place}{body}{does}，{moneyof}{money}，{aim}。",
    "{when}，{place}新建{noun}，{moneyof}{money}。",
    "据{body}统计，{place}共有{noun}，其中{town}占{share}。",
    "{date}，记者从{body}了解到，{place}{grows}同比增长{share}，{plainend}。",
    "{place}{grows}达到{money}，比上年增长{share}，{aim}。",
    "通过{does}，{town}{falls}由{whole}下降到{whole}，{plainend}。",
    "{firm}负责人{person}介绍，公司日均可生产产品{output}，产品远销{range}国家和地区。",
    "{town}采取“合作社+农户”模式，带动{noun}增收，户均增收{money}。",
    "“{when}我们{at}干了{span}，{aim}。”{town}党支部书记{person}说。",
    "{place}{measured}，为{field}打下基础，{aim}。",
    "{town}把{field}作为头等大事，组织{noun}{at}{does}，整治{noun}，清运{measured}。",
    "其中，{town}、{town}、{town}分别完成{plainmoney}、{plainmoney}、{plainmoney}，{plainend}。",
    "按照计划，到{year}年，{place}将建成{noun}，{shares}达到{share}以上。",
    "{body}推出{slogan}服务，办理时间由{days}缩短至{days}，{shares}提高{points}。",
    "{person}算了一笔账：每亩可收{weight}，一年下来纯收入{money}。",
    "这条路全长{length}，总投资{money}，预计工期{span}。",
    "{town}{cnmeasured}，惠及{noun}，{aim}。",
    "{place}{fraction}的{shared}参与其中，{plainend}。",
    "{when}，{grows}翻了一番，{place}{shares}为{share}，高于全省平均水平{points}。",
    "{firm}{when}{moneyof}{money}，引进{noun}，产值增长{times}。",
    "每月{int:1-28}日前后，{town}都要开展{times_a_month}集中行动，累计劝导{noun}。",
    "{town}年满{age}的老人，每人每月可领{plainmoney}。",
)
PLAIN = (
    "{when}，{place}{body}坚持问题导向，{does}，{does}，{aim}。",
    "{date}，{place}召开{field}工作推进会，县委书记{person}出席并讲话。",
    "会议强调，要围绕{slogan}目标，{does}，不断提升{field}水平，{aim}。",
    "{town}党员干部{at}{does}，与群众一道{does}，{plainend}。",
    "“以前{at}办事不方便，现在好多了，{field}的变化看得见。”{town}居民{person}高兴地说。",
    "{body}把{field}与{trap}结合起来，{does}，{aim}。",
    "一方面，{town}{does}；另一方面，{body}{does}，{plainend}。",
    "{firm}立足{field}，{does}，{plainend}，{aim}。",
    "走进{town}，{person}正{at}忙碌，谈起{field}，他说要{does}。",
    "下一步，{place}将以{slogan}为抓手，{does}，统筹推进{field}，{aim}。",
    "在{trap}建设中，{place}{does}，{town}的做法{plainend}。",
    "{person}是{town}的老党员，退休后主动{at}帮助邻里，{aim}。",
    "{body}负责人{person}表示，{field}关系千家万户，必须{does}，{aim}。",
    "为抓好{field}，{town}一手抓宣传，一手抓落实，{does}，{plainend}。",
    "与此同时，{place}依托{trap}，{does}，{field}工作{plainend}。",
)
TITLES = (
    "{place}：{does}，{aim}",
    "{town}{field}见闻",
    "{place}{body}{does}",
    "{place}{field}跑出加速度",
)
