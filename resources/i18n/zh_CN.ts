<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>Studio</name>
    <message>
      <source>This result is of another model: mix within one.</source>
      <translation>这个结果来自另一个模型：请在同一个模型里混合。</translation>
    </message>
    <message>
      <source>The mix is full: take something out first.</source>
      <translation>混合已满：请先取出一个。</translation>
    </message>
    <message>
      <source>Found with {quality} dB.</source>
      <translation>已找到，相似度 {quality} dB。</translation>
    </message>
    <message>
      <source>Liked</source>
      <translation>喜欢</translation>
    </message>
    <message>
      <source>"{name}" is not offered any more. The film of "{canvas}" keeps it.</source>
      <translation>“{name}”不再提供。“{canvas}”的影片仍保留它。</translation>
    </message>
    <message>
      <source>Canvas</source>
      <translation>画布</translation>
    </message>
    <message>
      <source>The model of "{name}" is not in this project: its last picture stays.</source>
      <translation>“{name}”的模型不在这个项目里：保留它最后的图片。</translation>
    </message>
    <message>
      <source>Marker {number}</source>
      <translation>标记 {number}</translation>
    </message>
    <message>
      <source>One unsaved edit of an earlier session was recovered.</source>
      <translation>已恢复上次未保存的 1 处改动。</translation>
    </message>
    <message>
      <source>{count} unsaved edits of an earlier session were recovered.</source>
      <translation>已恢复上次未保存的 {count} 处改动。</translation>
    </message>
    <message>
      <source>One file of this project is missing.</source>
      <translation>这个项目缺少 1 个文件。</translation>
    </message>
    <message>
      <source>{count} files of this project are missing.</source>
      <translation>这个项目缺少 {count} 个文件。</translation>
    </message>
    <message>
      <source>The model "{name}" of a finished training was taken in.</source>
      <translation>已收入训练完成的模型“{name}”。</translation>
    </message>
    <message>
      <source>Painted</source>
      <translation>绘制</translation>
    </message>
    <message>
      <source>Touch-up</source>
      <translation>修饰</translation>
    </message>
    <message>
      <source>Pasted picture</source>
      <translation>粘贴的图片</translation>
    </message>
    <message>
      <source>{count} pictures came; the first {most} lie on the canvas.</source>
      <translation>导入了 {count} 张图片；前 {most} 张放在画布上。</translation>
    </message>
    <message>
      <source>Repainted</source>
      <translation>重绘</translation>
    </message>
    <message>
      <source>Mask</source>
      <translation>蒙版</translation>
    </message>
    <message>
      <source>Beneath</source>
      <translation>下层</translation>
    </message>
    <message>
      <source>Variations of {name}</source>
      <translation>{name} 的变化</translation>
    </message>
    <message>
      <source>Credits</source>
      <translation>致谢</translation>
    </message>
    <message>
      <source>Licence</source>
      <translation>许可证</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Libraries</source>
      <translation>程序库</translation>
    </message>
    <message>
      <source>About AIGC Studio</source>
      <translation>关于 AIGC Studio</translation>
    </message>
    <message>
      <source>Licence: Apache-2.0. What you make with it is yours.</source>
      <translation>许可证：Apache-2.0。您用它做出的东西归您所有。</translation>
    </message>
    <message>
      <source>Version {version}</source>
      <translation>版本 {version}</translation>
    </message>
    <message>
      <source>Copy version details</source>
      <translation>复制版本信息</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Something went wrong that should not have.</source>
      <translation>出了不该出的问题。</translation>
    </message>
    <message>
      <source>Your project is as it was. Try it another way; report it with the details.</source>
      <translation>您的项目没有变化。请换一种方式再试；报告问题时请附上详情。</translation>
    </message>
    <message>
      <source>Before</source>
      <translation>之前</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>现在</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stop searching; the best picture so far stays</source>
      <translation>停止寻找；保留目前最好的图片</translation>
    </message>
    <message>
      <source>Looking closer... {percent} %</source>
      <translation>正在更仔细地寻找... {percent} %</translation>
    </message>
    <message>
      <source>Place on the canvas</source>
      <translation>放到画布上</translation>
    </message>
    <message>
      <source>Random</source>
      <translation>随机</translation>
    </message>
    <message>
      <source>Surprise me near here</source>
      <translation>在附近给我惊喜</translation>
    </message>
    <message>
      <source>Find in model...</source>
      <translation>在模型中查找...</translation>
    </message>
    <message>
      <source>Like: star what is seen</source>
      <translation>喜欢：给眼前的结果加星</translation>
    </message>
    <message>
      <source>Dislike: learn from it</source>
      <translation>不喜欢：供学习</translation>
    </message>
    <message>
      <source>Walk by chance</source>
      <translation>随机漫步</translation>
    </message>
    <message>
      <source>Map by likeness</source>
      <translation>相似地图</translation>
    </message>
    <message>
      <source>Show what was before</source>
      <translation>显示之前的结果</translation>
    </message>
    <message>
      <source>Pin as A</source>
      <translation>固定为 A</translation>
    </message>
    <message>
      <source>Pin as B</source>
      <translation>固定为 B</translation>
    </message>
    <message>
      <source>Side by side</source>
      <translation>并排比较</translation>
    </message>
    <message>
      <source>Play mode</source>
      <translation>演奏模式</translation>
    </message>
    <message>
      <source>Result on another display</source>
      <translation>在另一显示器上显示结果</translation>
    </message>
    <message>
      <source>Direction {number}</source>
      <translation>方向 {number}</translation>
    </message>
    <message>
      <source>Hold while exploring</source>
      <translation>探索时保持不变</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Keep under a name</source>
      <translation>命名保存</translation>
    </message>
    <message>
      <source>Name of the direction</source>
      <translation>方向的名称</translation>
    </message>
    <message>
      <source>It was found in another model.</source>
      <translation>它是在另一个模型中找到的。</translation>
    </message>
    <message>
      <source>Strongest</source>
      <translation>最强</translation>
    </message>
    <message>
      <source>Built in</source>
      <translation>内置</translation>
    </message>
    <message>
      <source>Yours</source>
      <translation>您的</translation>
    </message>
    <message>
      <source>In these your pictures vary most. A double click puts one in the middle.</source>
      <translation>您的图片在这些方向上变化最大。双击使一个回到中心。</translation>
    </message>
    <message>
      <source>In these the model changes most, by its own weights.</source>
      <translation>按模型自身的权重，它在这些方向上变化最大。</translation>
    </message>
    <message>
      <source>Learned or kept; they are saved with the project.</source>
      <translation>学到的或保存的方向，随项目一起保存。</translation>
    </message>
    <message>
      <source>All to the middle</source>
      <translation>全部回到中心</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>类别</translation>
    </message>
    <message>
      <source>None yet. Learn one from what you like, or keep one with its star.</source>
      <translation>还没有。可以从您喜欢的结果中学一个，或点星保存一个。</translation>
    </message>
    <message>
      <source>In standard deviations from the middle</source>
      <translation>离中心的标准差</translation>
    </message>
    <message>
      <source>Principal component {number}: {share} % of what the named directions vary. In standard deviations from the middle.</source>
      <translation>主成分 {number}：占这些方向变化的 {share} %。单位是离中心的标准差。</translation>
    </message>
    <message>
      <source>Dock</source>
      <translation>面板</translation>
    </message>
    <message>
      <source>Preview</source>
      <translation>预览</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>放置</translation>
    </message>
    <message>
      <source>Pad</source>
      <translation>漫游板</translation>
    </message>
    <message>
      <source>Directions</source>
      <translation>方向</translation>
    </message>
    <message>
      <source>Mix</source>
      <translation>混合</translation>
    </message>
    <message>
      <source>How to move</source>
      <translation>怎样移动</translation>
    </message>
    <message>
      <source>From typical to strange</source>
      <translation>从典型到奇特</translation>
    </message>
    <message>
      <source>Walk</source>
      <translation>漫步</translation>
    </message>
    <message>
      <source>More ways to play</source>
      <translation>更多玩法</translation>
    </message>
    <message>
      <source>How far from the typical (truncation); a double click goes back to 1</source>
      <translation>离典型有多远（截断）；双击回到 1</translation>
    </message>
    <message>
      <source>Typical</source>
      <translation>典型</translation>
    </message>
    <message>
      <source>Strange</source>
      <translation>奇特</translation>
    </message>
    <message>
      <source>Find a picture in the model</source>
      <translation>在模型中查找图片</translation>
    </message>
    <message>
      <source>Pictures ({kinds})</source>
      <translation>图片 ({kinds})</translation>
    </message>
    <message>
      <source>Waiting for a picture</source>
      <translation>正在等待图片</translation>
    </message>
    <message>
      <source>Place a copy</source>
      <translation>放置副本</translation>
    </message>
    <message>
      <source>Which look is shown</source>
      <translation>显示哪一种样子</translation>
    </message>
    <message>
      <source>Show both looks of the pair side by side, or one alone (domain)</source>
      <translation>把成对的两种样子并排显示，或只显示一种（域）</translation>
    </message>
    <message>
      <source>Shows</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>Both side by side</source>
      <translation>两种并排</translation>
    </message>
    <message>
      <source>First</source>
      <translation>第一种</translation>
    </message>
    <message>
      <source>Second</source>
      <translation>第二种</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>The dock changes this layer.</source>
      <translation>面板正在改变这个图层。</translation>
    </message>
    <message>
      <source>{n} layers</source>
      <translation>{n} 个图层</translation>
    </message>
    <message>
      <source>The dock changes one living layer at a time.</source>
      <translation>面板一次改变一个活图层。</translation>
    </message>
    <message>
      <source>The selected layer does not follow a model.</source>
      <translation>选中的图层不跟随模型。</translation>
    </message>
    <message>
      <source>Nothing is selected.</source>
      <translation>没有选中任何内容。</translation>
    </message>
    <message>
      <source>Learn</source>
      <translation>学习</translation>
    </message>
    <message>
      <source>Learn the direction from what you dislike to what you like</source>
      <translation>学习从不喜欢到喜欢的方向</translation>
    </message>
    <message>
      <source>{liked} liked, {disliked} disliked.</source>
      <translation>喜欢 {liked} 个，不喜欢 {disliked} 个。</translation>
    </message>
    <message>
      <source>{there} To learn a direction, like {likes} more ({like}) and dislike {dislikes} more ({dislike}).</source>
      <translation>{there}要学习一个方向，还需喜欢 {likes} 个（{like}），不喜欢 {dislikes} 个（{dislike}）。</translation>
    </message>
    <message>
      <source>Lock: {n} things are held</source>
      <translation>锁定：保持 {n} 项</translation>
    </message>
    <message>
      <source>Lock: hold something while exploring</source>
      <translation>锁定：探索时保持某些内容不变</translation>
    </message>
    <message>
      <source>Layout (coarse layers)</source>
      <translation>布局（粗层）</translation>
    </message>
    <message>
      <source>Colours (fine layers)</source>
      <translation>颜色（细层）</translation>
    </message>
    <message>
      <source>Let everything go</source>
      <translation>全部解锁</translation>
    </message>
    <message>
      <source>The {n} strongest directions</source>
      <translation>最强的 {n} 个方向</translation>
    </message>
    <message>
      <source>Pad: a map of the model's space</source>
      <translation>漫游板：模型空间的地图</translation>
    </message>
    <message>
      <source>Arrows move; with Shift in larger steps.</source>
      <translation>方向键移动；按住 Shift 步子更大。</translation>
    </message>
    <message>
      <source>Map by likeness (t-SNE): like beside like</source>
      <translation>相似地图（t-SNE）：相似的在一起</translation>
    </message>
    <message>
      <source>This model finds no pictures, so none are on the map.</source>
      <translation>这个模型不能查找图片，所以地图上没有图片。</translation>
    </message>
    <message>
      <source>Drag: move. Double-click: typical. Wheel: closer. Right click: more.</source>
      <translation>拖动：移动。双击：典型。滚轮：缩放。右键：更多。</translation>
    </message>
    <message>
      <source>Go to {name}</source>
      <translation>前往 {name}</translation>
    </message>
    <message>
      <source>Go to the most typical point</source>
      <translation>前往最典型的点</translation>
    </message>
    <message>
      <source>See all of the map</source>
      <translation>显示整张地图</translation>
    </message>
    <message>
      <source>Direction 1 →</source>
      <translation>方向 1 →</translation>
    </message>
    <message>
      <source>↑ Direction 2</source>
      <translation>↑ 方向 2</translation>
    </message>
    <message>
      <source>Drop results or pictures here</source>
      <translation>把结果或图片拖到这里</translation>
    </message>
    <message>
      <source>From A to B</source>
      <translation>从 A 到 B</translation>
    </message>
    <message>
      <source>Layout from A alone</source>
      <translation>布局只取自 A</translation>
    </message>
    <message>
      <source>Layout from A</source>
      <translation>布局取自 A</translation>
    </message>
    <message>
      <source>Mix two or more: drop them above, or add where you are.</source>
      <translation>混合两个或更多：拖到上方，或添加当前位置。</translation>
    </message>
    <message>
      <source>The model looks at the picture...</source>
      <translation>模型正在看这张图片...</translation>
    </message>
    <message>
      <source>Drag from A to B.</source>
      <translation>从 A 拖到 B。</translation>
    </message>
    <message>
      <source>Each weighs as much as its slider says.</source>
      <translation>每一个的比重由其滑块决定。</translation>
    </message>
    <message>
      <source>Add this</source>
      <translation>添加当前</translation>
    </message>
    <message>
      <source>Take where the dock is now.</source>
      <translation>取面板现在的位置。</translation>
    </message>
    <message>
      <source>Take all out</source>
      <translation>全部取出</translation>
    </message>
    <message>
      <source>The nine before</source>
      <translation>之前的九个</translation>
    </message>
    <message>
      <source>Play this</source>
      <translation>就用这个</translation>
    </message>
    <message>
      <source>Nine like these</source>
      <translation>类似的九个</translation>
    </message>
    <message>
      <source>Nine others</source>
      <translation>另外九个</translation>
    </message>
    <message>
      <source>Pick those you like: the next nine follow them.</source>
      <translation>选出您喜欢的：接下来的九个会跟随它们。</translation>
    </message>
    <message>
      <source>{n} picked; the next nine follow them.</source>
      <translation>已选 {n} 个；接下来的九个会跟随它们。</translation>
    </message>
    <message>
      <source>Variation {number}</source>
      <translation>变化 {number}</translation>
    </message>
    <message>
      <source>Nearest pictures of your data</source>
      <translation>您的数据中最近的图片</translation>
    </message>
    <message>
      <source>Far nearer than your pictures lie to each other: the result may be a copy of it.</source>
      <translation>远比您的图片彼此之间更近：结果可能是它的复制品。</translation>
    </message>
    <message>
      <source>By how far they lie apart in the model's space</source>
      <translation>按在模型空间中的距离</translation>
    </message>
    <message>
      <source>Nearest of {seen} of {count} looked at so far</source>
      <translation>目前看过的 {seen} 张（共 {count} 张）中最近的</translation>
    </message>
    <message>
      <source>Nearest in your data</source>
      <translation>您的数据中最近的</translation>
    </message>
    <message>
      <source>Almost a copy of {name}</source>
      <translation>几乎是 {name} 的复制品</translation>
    </message>
    <message>
      <source>{name}: {far} standard deviations away</source>
      <translation>{name}：相距 {far} 个标准差</translation>
    </message>
    <message>
      <source>Show in the library</source>
      <translation>在素材库中显示</translation>
    </message>
    <message>
      <source>Across</source>
      <translation>横向</translation>
    </message>
    <message>
      <source>Up</source>
      <translation>纵向</translation>
    </message>
    <message>
      <source>The map by likeness needs the extra "map": pip install "aigc-studio[map]".</source>
      <translation>相似地图需要附加组件 map：pip install "aigc-studio[map]"。</translation>
    </message>
    <message>
      <source>Like lies beside like; between pictures their points are mixed.</source>
      <translation>相似的在一起；图片之间是它们的点的混合。</translation>
    </message>
    <message>
      <source>The map by likeness is being drawn...</source>
      <translation>正在绘制相似地图……</translation>
    </message>
    <message>
      <source>Both directions of the pad are locked, so it stays: let one go to move.</source>
      <translation>漫游板的两个方向都已锁定，因此它不动：解锁一个即可移动。</translation>
    </message>
    <message>
      <source>It lies on the map.</source>
      <translation>它在地图上。</translation>
    </message>
    <message>
      <source>It also lies away from the map in {n} directions that are not shown.</source>
      <translation>它还在 {n} 个未显示的方向上偏离地图。</translation>
    </message>
    <message>
      <source>Keep this as a preset</source>
      <translation>保存为预设</translation>
    </message>
    <message>
      <source>Presets</source>
      <translation>预设</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <source>A click goes there.</source>
      <translation>点一下就去那里。</translation>
    </message>
    <message>
      <source>What you keep or star is found here.</source>
      <translation>您保留或加星的结果在这里。</translation>
    </message>
    <message>
      <source>Recipe</source>
      <translation>配方</translation>
    </message>
    <message>
      <source>Recipe as JSON</source>
      <translation>JSON 配方</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>Made from</source>
      <translation>来源</translation>
    </message>
    <message>
      <source>Strangeness</source>
      <translation>奇特程度</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>尺寸</translation>
    </message>
    <message>
      <source>Paste and repeat</source>
      <translation>粘贴并重现</translation>
    </message>
    <message>
      <source>Play something first.</source>
      <translation>请先演奏一下。</translation>
    </message>
    <message>
      <source>a point of the space</source>
      <translation>空间中的一点</translation>
    </message>
    <message>
      <source>chance, seed {seed}</source>
      <translation>随机，种子 {seed}</translation>
    </message>
    <message>
      <source>{factor} times as far from the typical</source>
      <translation>离典型 {factor} 倍</translation>
    </message>
    <message>
      <source>{wide} x {high} pixels</source>
      <translation>{wide} x {high} 像素</translation>
    </message>
    <message>
      <source>The recipe is on the clipboard.</source>
      <translation>配方已复制到剪贴板。</translation>
    </message>
    <message>
      <source>Add key to all</source>
      <translation>为全部添加关键帧</translation>
    </message>
    <message>
      <source>Freeze or wake all</source>
      <translation>全部冻结或唤醒</translation>
    </message>
    <message>
      <source>The pad plays one living layer at a time: choose one.</source>
      <translation>漫游板一次演奏一个活图层：请选择一个。</translation>
    </message>
    <message>
      <source>These are plain pictures: no model plays them.</source>
      <translation>这些是普通图片：没有模型演奏它们。</translation>
    </message>
    <message>
      <source>Source {letter}</source>
      <translation>来源 {letter}</translation>
    </message>
    <message>
      <source>Weight of {letter}</source>
      <translation>{letter} 的比重</translation>
    </message>
    <message>
      <source>Take {letter} out</source>
      <translation>取出 {letter}</translation>
    </message>
    <message>
      <source>What you play gathers here.</source>
      <translation>您演奏的结果会聚集在这里。</translation>
    </message>
    <message>
      <source>Trail: the last results</source>
      <translation>足迹：最近的结果</translation>
    </message>
    <message>
      <source>Arrows walk, Enter goes back there, S stars, - dislikes.</source>
      <translation>方向键移动，回车前往，S 加星，- 表示不喜欢。</translation>
    </message>
    <message>
      <source>Take the star away</source>
      <translation>取消加星</translation>
    </message>
    <message>
      <source>Star: keep as a preset</source>
      <translation>加星：保存为预设</translation>
    </message>
    <message>
      <source>Dislike no longer</source>
      <translation>不再标为不喜欢</translation>
    </message>
    <message>
      <source>Keep in the library</source>
      <translation>保存到素材库</translation>
    </message>
    <message>
      <source>Kept results</source>
      <translation>保留的结果</translation>
    </message>
    <message>
      <source>Speed of the walk</source>
      <translation>漫步的速度</translation>
    </message>
    <message>
      <source>Reach of the walk</source>
      <translation>漫步的范围</translation>
    </message>
    <message>
      <source>How far it goes from where it starts</source>
      <translation>从起点走多远</translation>
    </message>
    <message>
      <source>Loop</source>
      <translation>循环</translation>
    </message>
    <message>
      <source>Make a loop</source>
      <translation>做成循环</translation>
    </message>
    <message>
      <source>Write a closed walk to the timeline of the layer; its other keys go</source>
      <translation>把一段闭合的漫步写入图层的时间轴；它的其他关键帧会被移除</translation>
    </message>
    <message>
      <source>Stop walking</source>
      <translation>停止漫步</translation>
    </message>
    <message>
      <source>Walk from here</source>
      <translation>从这里开始漫步</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>速度</translation>
    </message>
    <message>
      <source>Reach</source>
      <translation>范围</translation>
    </message>
    <message>
      <source>Words</source>
      <translation>文字</translation>
    </message>
    <message>
      <source>Words: a red heart</source>
      <translation>文字：红心</translation>
    </message>
    <message>
      <source>What is to be seen; empty for anything</source>
      <translation>想看到什么；留空则不限</translation>
    </message>
    <message>
      <source>Guidance</source>
      <translation>引导强度</translation>
    </message>
    <message>
      <source>How strictly words are followed (guidance); a double click goes back to 3</source>
      <translation>遵循文字的严格程度（引导强度）；双击恢复为 3</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>步数</translation>
    </message>
    <message>
      <source>auto</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>Steps of the sampler: more is finer, 0 is the model's own</source>
      <translation>采样步数：越多越精细，0 为模型自己的步数</translation>
    </message>
    <message>
      <source>Freely</source>
      <translation>自由</translation>
    </message>
    <message>
      <source>Strictly</source>
      <translation>严格</translation>
    </message>
    <message>
      <source>Open documents</source>
      <translation>打开的文档</translation>
    </message>
    <message>
      <source>{name}: changed since it was saved</source>
      <translation>{name}：自上次保存后有改动</translation>
    </message>
    <message>
      <source>Remove from the project</source>
      <translation>从项目中移除</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Brightness</source>
      <translation>亮度</translation>
    </message>
    <message>
      <source>Contrast</source>
      <translation>对比度</translation>
    </message>
    <message>
      <source>Saturation</source>
      <translation>饱和度</translation>
    </message>
    <message>
      <source>Adjust colours</source>
      <translation>调整颜色</translation>
    </message>
    <message>
      <source>Hue</source>
      <translation>色相</translation>
    </message>
    <message>
      <source>Smooth</source>
      <translation>平滑</translation>
    </message>
    <message>
      <source>Hard pixels</source>
      <translation>硬像素</translation>
    </message>
    <message>
      <source>Enlarged</source>
      <translation>放大方式</translation>
    </message>
    <message>
      <source>As it was</source>
      <translation>恢复原样</translation>
    </message>
    <message>
      <source>Brush</source>
      <translation>画笔</translation>
    </message>
    <message>
      <source>Eraser</source>
      <translation>橡皮擦</translation>
    </message>
    <message>
      <source>Tool</source>
      <translation>工具</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Paint on</source>
      <translation>绘制于</translation>
    </message>
    <message>
      <source>Hardness</source>
      <translation>硬度</translation>
    </message>
    <message>
      <source>Opacity</source>
      <translation>不透明度</translation>
    </message>
    <message>
      <source>Colour...</source>
      <translation>颜色...</translation>
    </message>
    <message>
      <source>There is no mask to paint on. Add one to a layer first.</source>
      <translation>没有可以绘制的蒙版。请先给图层添加一个。</translation>
    </message>
    <message>
      <source>The eraser works on touch-up layers and masks. Select one first.</source>
      <translation>橡皮擦用于修饰图层和蒙版。请先选中一个。</translation>
    </message>
    <message>
      <source>The picture is still being read. Paint again in a moment.</source>
      <translation>图片还在读取。请稍后再画。</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>复制一份</translation>
    </message>
    <message>
      <source>Remove the layer</source>
      <translation>移除图层</translation>
    </message>
    <message>
      <source>Cut</source>
      <translation>裁切</translation>
    </message>
    <message>
      <source>Select all layers</source>
      <translation>选择所有图层</translation>
    </message>
    <message>
      <source>Raise</source>
      <translation>上移</translation>
    </message>
    <message>
      <source>Lower</source>
      <translation>下移</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>编组</translation>
    </message>
    <message>
      <source>Take the group apart</source>
      <translation>取消编组</translation>
    </message>
    <message>
      <source>Add or remove a mask</source>
      <translation>添加或移除蒙版</translation>
    </message>
    <message>
      <source>Turn the mask on or off</source>
      <translation>启用或停用蒙版</translation>
    </message>
    <message>
      <source>Invert the mask</source>
      <translation>反转蒙版</translation>
    </message>
    <message>
      <source>Show or hide</source>
      <translation>显示或隐藏</translation>
    </message>
    <message>
      <source>Freeze or wake</source>
      <translation>冻结或唤醒</translation>
    </message>
    <message>
      <source>Flatten</source>
      <translation>拼合</translation>
    </message>
    <message>
      <source>Turn to the right</source>
      <translation>向右旋转</translation>
    </message>
    <message>
      <source>Turn to the left</source>
      <translation>向左旋转</translation>
    </message>
    <message>
      <source>Turn upside down</source>
      <translation>旋转 180 度</translation>
    </message>
    <message>
      <source>Mirror the canvas</source>
      <translation>左右镜像画布</translation>
    </message>
    <message>
      <source>Mirror top and bottom</source>
      <translation>上下镜像画布</translation>
    </message>
    <message>
      <source>Sheet of variations</source>
      <translation>变化一览</translation>
    </message>
    <message>
      <source>Crop the canvas to the rectangle</source>
      <translation>将画布裁切到矩形</translation>
    </message>
    <message>
      <source>Repaint the selection</source>
      <translation>重绘选区</translation>
    </message>
    <message>
      <source>Make a seamless tile</source>
      <translation>制作无缝图块</translation>
    </message>
    <message>
      <source>X</source>
      <translation>X</translation>
    </message>
    <message>
      <source>Y</source>
      <translation>Y</translation>
    </message>
    <message>
      <source>Width</source>
      <translation>宽度</translation>
    </message>
    <message>
      <source>Height</source>
      <translation>高度</translation>
    </message>
    <message>
      <source>Free</source>
      <translation>自由</translation>
    </message>
    <message>
      <source>1 : 1</source>
      <translation>1 : 1</translation>
    </message>
    <message>
      <source>Original</source>
      <translation>原始比例</translation>
    </message>
    <message>
      <source>Shape</source>
      <translation>形状</translation>
    </message>
    <message>
      <source>Crop</source>
      <translation>裁切</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Crop the layer</source>
      <translation>裁切图层</translation>
    </message>
    <message>
      <source>Crop the canvas</source>
      <translation>裁切画布</translation>
    </message>
    <message>
      <source>Export...</source>
      <translation>导出...</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>粘贴</translation>
    </message>
    <message>
      <source>Select and move</source>
      <translation>选择和移动</translation>
    </message>
    <message>
      <source>Select a rectangle</source>
      <translation>选择矩形</translation>
    </message>
    <message>
      <source>Smaller brush</source>
      <translation>缩小画笔</translation>
    </message>
    <message>
      <source>Larger brush</source>
      <translation>放大画笔</translation>
    </message>
    <message>
      <source>Size of the canvas...</source>
      <translation>画布大小...</translation>
    </message>
    <message>
      <source>See all of it</source>
      <translation>显示全部</translation>
    </message>
    <message>
      <source>One to one</source>
      <translation>一比一显示</translation>
    </message>
    <message>
      <source>Layers</source>
      <translation>图层</translation>
    </message>
    <message>
      <source>Nothing lies on this canvas yet. Place what the dock plays, or drop pictures here.</source>
      <translation>这块画布上还没有东西。放置面板正在演奏的图片，或把图片拖到这里。</translation>
    </message>
    <message>
      <source>Place the dock's picture</source>
      <translation>放置面板的图片</translation>
    </message>
    <message>
      <source>Choose from the library</source>
      <translation>从素材库选择</translation>
    </message>
    <message>
      <source>Go back</source>
      <translation>缩小</translation>
    </message>
    <message>
      <source>Come closer</source>
      <translation>放大</translation>
    </message>
    <message>
      <source>Drag it into another program to put the picture there.</source>
      <translation>拖到别的程序，即可把图片放进去。</translation>
    </message>
    <message>
      <source>There is no picture in the clipboard. Copy one, then paste again.</source>
      <translation>剪贴板里没有图片。先复制一张，再粘贴。</translation>
    </message>
    <message>
      <source>recipe</source>
      <translation>配方</translation>
    </message>
    <message>
      <source>author</source>
      <translation>作者</translation>
    </message>
    <message>
      <source>rights</source>
      <translation>权利</translation>
    </message>
    <message>
      <source>title</source>
      <translation>标题</translation>
    </message>
    <message>
      <source>that a model made it</source>
      <translation>由模型生成</translation>
    </message>
    <message>
      <source>Export the canvas</source>
      <translation>导出画布</translation>
    </message>
    <message>
      <source>All of it</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation>缩放</translation>
    </message>
    <message>
      <source>How often it is seen</source>
      <translation>重复显示的次数</translation>
    </message>
    <message>
      <source>Progress of the export</source>
      <translation>导出进度</translation>
    </message>
    <message>
      <source>Cancelling...</source>
      <translation>正在取消…</translation>
    </message>
    <message>
      <source>{frames} frames, {seconds} s; the first is shown</source>
      <translation>{frames} 帧，{seconds} 秒；显示的是第一帧</translation>
    </message>
    <message>
      <source>{size} pixels</source>
      <translation>{size} 像素</translation>
    </message>
    <message>
      <source>about {size}</source>
      <translation>约 {size}</translation>
    </message>
    <message>
      <source>Drawing...</source>
      <translation>正在绘制...</translation>
    </message>
    <message>
      <source>about {time} left</source>
      <translation>大约还剩 {time}</translation>
    </message>
    <message>
      <source>"{name}" was written.</source>
      <translation>已写出“{name}”。</translation>
    </message>
    <message>
      <source>Written into the file: {parts}.</source>
      <translation>写入文件：{parts}。</translation>
    </message>
    <message>
      <source>PNG picture</source>
      <translation>PNG 图片</translation>
    </message>
    <message>
      <source>JPEG picture</source>
      <translation>JPEG 图片</translation>
    </message>
    <message>
      <source>WebP picture</source>
      <translation>WebP 图片</translation>
    </message>
    <message>
      <source>AVIF picture</source>
      <translation>AVIF 图片</translation>
    </message>
    <message>
      <source>TIFF picture</source>
      <translation>TIFF 图片</translation>
    </message>
    <message>
      <source>OpenRaster with layers</source>
      <translation>带图层的 OpenRaster</translation>
    </message>
    <message>
      <source>GIF film</source>
      <translation>GIF 影片</translation>
    </message>
    <message>
      <source>MP4 film</source>
      <translation>MP4 影片</translation>
    </message>
    <message>
      <source>WebM film</source>
      <translation>WebM 影片</translation>
    </message>
    <message>
      <source>WebP film</source>
      <translation>WebP 影片</translation>
    </message>
    <message>
      <source>Sprite sheet with JSON</source>
      <translation>带 JSON 的精灵图</translation>
    </message>
    <message>
      <source>Numbered PNG pictures</source>
      <translation>带编号的 PNG 图片</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>格式</translation>
    </message>
    <message>
      <source>Pixels</source>
      <translation>像素</translation>
    </message>
    <message>
      <source>Model that enlarges</source>
      <translation>放大用的模型</translation>
    </message>
    <message>
      <source>Seamless tile</source>
      <translation>无缝图块</translation>
    </message>
    <message>
      <source>Each edge goes on at the other: to be laid beside itself.</source>
      <translation>每条边都与对边相接，可以自身并排铺开。</translation>
    </message>
    <message>
      <source>Quality</source>
      <translation>质量</translation>
    </message>
    <message>
      <source>Behind clear parts</source>
      <translation>透明部分的背景</translation>
    </message>
    <message>
      <source>White</source>
      <translation>白色</translation>
    </message>
    <message>
      <source>Black</source>
      <translation>黑色</translation>
    </message>
    <message>
      <source>Another colour...</source>
      <translation>其他颜色...</translation>
    </message>
    <message>
      <source>{name}, {n} times</source>
      <translation>{name}，{n} 倍</translation>
    </message>
    <message>
      <source>The picture as it will be written</source>
      <translation>将要写出的图片</translation>
    </message>
    <message>
      <source>Levels</source>
      <translation>色阶</translation>
    </message>
    <message>
      <source>Hue and saturation</source>
      <translation>色相和饱和度</translation>
    </message>
    <message>
      <source>Blur</source>
      <translation>模糊</translation>
    </message>
    <message>
      <source>Sharpen</source>
      <translation>锐化</translation>
    </message>
    <message>
      <source>Noise</source>
      <translation>噪点</translation>
    </message>
    <message>
      <source>Radius</source>
      <translation>半径</translation>
    </message>
    <message>
      <source>Gamma</source>
      <translation>伽马</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>数量</translation>
    </message>
    <message>
      <source>Earlier</source>
      <translation>提前</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>推后</translation>
    </message>
    <message>
      <source>Remove the filter</source>
      <translation>移除滤镜</translation>
    </message>
    <message>
      <source>Grey grain</source>
      <translation>灰色颗粒</translation>
    </message>
    <message>
      <source>Filters</source>
      <translation>滤镜</translation>
    </message>
    <message>
      <source>Add a filter</source>
      <translation>添加滤镜</translation>
    </message>
    <message>
      <source>Select one layer to give it filters.</source>
      <translation>选中一个图层即可添加滤镜。</translation>
    </message>
    <message>
      <source>History</source>
      <translation>历史</translation>
    </message>
    <message>
      <source>As it was opened</source>
      <translation>打开时的样子</translation>
    </message>
    <message>
      <source>{step} (undone)</source>
      <translation>{step}（已撤销）</translation>
    </message>
    <message>
      <source>{step} (now)</source>
      <translation>{step}（当前）</translation>
    </message>
    <message>
      <source>A group of layers</source>
      <translation>图层组</translation>
    </message>
    <message>
      <source>A touch-up layer</source>
      <translation>修饰图层</translation>
    </message>
    <message>
      <source>A picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Cached: its model is missing, the last picture stays</source>
      <translation>缓存：缺少它的模型，保留最后的图片</translation>
    </message>
    <message>
      <source>A living layer, frozen: it does not follow the dock</source>
      <translation>活图层，已冻结：不跟随面板</translation>
    </message>
    <message>
      <source>A living layer: the dock changes it</source>
      <translation>活图层：由面板改变</translation>
    </message>
    <message>
      <source>Normal</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>Multiply</source>
      <translation>正片叠底</translation>
    </message>
    <message>
      <source>Screen</source>
      <translation>滤色</translation>
    </message>
    <message>
      <source>Overlay</source>
      <translation>叠加</translation>
    </message>
    <message>
      <source>Darken</source>
      <translation>变暗</translation>
    </message>
    <message>
      <source>Lighten</source>
      <translation>变亮</translation>
    </message>
    <message>
      <source>Blend mode</source>
      <translation>混合模式</translation>
    </message>
    <message>
      <source>Blend</source>
      <translation>混合</translation>
    </message>
    <message>
      <source>Filters: {count}</source>
      <translation>滤镜：{count}</translation>
    </message>
    <message>
      <source>New canvas</source>
      <translation>新画布</translation>
    </message>
    <message>
      <source>Transparent ground</source>
      <translation>透明背景</translation>
    </message>
    <message>
      <source>Make the canvas</source>
      <translation>创建画布</translation>
    </message>
    <message>
      <source>New canvas...</source>
      <translation>新建画布...</translation>
    </message>
    <message>
      <source>Move a layer</source>
      <translation>移动图层</translation>
    </message>
    <message>
      <source>Scale a layer</source>
      <translation>缩放图层</translation>
    </message>
    <message>
      <source>Rotate a layer</source>
      <translation>旋转图层</translation>
    </message>
    <message>
      <source>Place and size</source>
      <translation>位置和大小</translation>
    </message>
    <message>
      <source>Down</source>
      <translation>纵向</translation>
    </message>
    <message>
      <source>Scale</source>
      <translation>缩放</translation>
    </message>
    <message>
      <source>Turned</source>
      <translation>旋转</translation>
    </message>
    <message>
      <source>Visible</source>
      <translation>可见</translation>
    </message>
    <message>
      <source>What is to be seen there</source>
      <translation>那里要出现什么</translation>
    </message>
    <message>
      <source>Strength</source>
      <translation>强度</translation>
    </message>
    <message>
      <source>How much of what is there is painted anew</source>
      <translation>原有内容有多少要重画</translation>
    </message>
    <message>
      <source>Feather</source>
      <translation>羽化</translation>
    </message>
    <message>
      <source>How softly the edge goes over into what lies round it</source>
      <translation>边缘过渡到周围的柔和程度</translation>
    </message>
    <message>
      <source>Repaint</source>
      <translation>重绘</translation>
    </message>
    <message>
      <source>Again</source>
      <translation>再来一次</translation>
    </message>
    <message>
      <source>Another one in its place</source>
      <translation>在原处换一张</translation>
    </message>
    <message>
      <source>No model here can repaint. Train one of the family image-flow for it.</source>
      <translation>这里没有模型可以重绘。请为此训练一个 image-flow 系列的模型。</translation>
    </message>
    <message>
      <source>A little</source>
      <translation>少许</translation>
    </message>
    <message>
      <source>All anew</source>
      <translation>全部重画</translation>
    </message>
    <message>
      <source>Repainting...</source>
      <translation>正在重绘...</translation>
    </message>
    <message>
      <source>Size of the canvas</source>
      <translation>画布大小</translation>
    </message>
    <message>
      <source>The canvas alone</source>
      <translation>只改画布</translation>
    </message>
    <message>
      <source>All that lies on it</source>
      <translation>连同其上的一切</translation>
    </message>
    <message>
      <source>Resize</source>
      <translation>调整大小</translation>
    </message>
    <message>
      <source>Left and top</source>
      <translation>左上</translation>
    </message>
    <message>
      <source>The middle</source>
      <translation>中央</translation>
    </message>
    <message>
      <source>Right and bottom</source>
      <translation>右下</translation>
    </message>
    <message>
      <source>What stays in place</source>
      <translation>保持不动的位置</translation>
    </message>
    <message>
      <source>Panel on the left</source>
      <translation>左侧面板</translation>
    </message>
    <message>
      <source>Way to the next key</source>
      <translation>到下一个关键帧的方式</translation>
    </message>
    <message>
      <source>Easing</source>
      <translation>缓动</translation>
    </message>
    <message>
      <source>Frames</source>
      <translation>帧数</translation>
    </message>
    <message>
      <source>Per second</source>
      <translation>每秒</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>数值</translation>
    </message>
    <message>
      <source>Export the film...</source>
      <translation>导出影片...</translation>
    </message>
    <message>
      <source>Beats and bars...</source>
      <translation>节拍与小节…</translation>
    </message>
    <message>
      <source>Drag on the pad: the move is recorded from the play head on.</source>
      <translation>在漫游板上拖动：从播放头开始录制移动。</translation>
    </message>
    <message>
      <source>A film begins with a living layer: select one.</source>
      <translation>影片从活图层开始：请选中一个。</translation>
    </message>
    <message>
      <source>A film begins with a key: press Add key, go on, and add another.</source>
      <translation>影片从关键帧开始：按“添加关键帧”，继续走，再添加一个。</translation>
    </message>
    <message>
      <source>frame {frame}, {seconds} s</source>
      <translation>第 {frame} 帧，{seconds} 秒</translation>
    </message>
    <message>
      <source>{place}: not kept without a key</source>
      <translation>{place}：没有关键帧就不会保留</translation>
    </message>
    <message>
      <source>Show beats</source>
      <translation>显示节拍</translation>
    </message>
    <message>
      <source>Beats a minute</source>
      <translation>每分钟拍数</translation>
    </message>
    <message>
      <source>First beat</source>
      <translation>第一拍</translation>
    </message>
    <message>
      <source>Beats in a bar</source>
      <translation>每小节拍数</translation>
    </message>
    <message>
      <source>Draw keys and play head to beats</source>
      <translation>关键帧和播放头吸附到节拍</translation>
    </message>
    <message>
      <source>Tap the tempo</source>
      <translation>敲击测速</translation>
    </message>
    <message>
      <source>Bars</source>
      <translation>小节</translation>
    </message>
    <message>
      <source>Fit the length</source>
      <translation>调整长度</translation>
    </message>
    <message>
      <source>Even</source>
      <translation>匀速</translation>
    </message>
    <message>
      <source>Slow at both ends</source>
      <translation>两端放慢</translation>
    </message>
    <message>
      <source>Slow at first</source>
      <translation>开头放慢</translation>
    </message>
    <message>
      <source>Slow at the end</source>
      <translation>结尾放慢</translation>
    </message>
    <message>
      <source>Stay</source>
      <translation>停留</translation>
    </message>
    <message>
      <source>Play or pause</source>
      <translation>播放或暂停</translation>
    </message>
    <message>
      <source>Add key</source>
      <translation>添加关键帧</translation>
    </message>
    <message>
      <source>Record move</source>
      <translation>录制移动</translation>
    </message>
    <message>
      <source>Keys by themselves</source>
      <translation>自动关键帧</translation>
    </message>
    <message>
      <source>Make loop</source>
      <translation>制作循环</translation>
    </message>
    <message>
      <source>Even pace</source>
      <translation>匀速变化</translation>
    </message>
    <message>
      <source>One frame back</source>
      <translation>后退一帧</translation>
    </message>
    <message>
      <source>One frame on</source>
      <translation>前进一帧</translation>
    </message>
    <message>
      <source>To the beginning</source>
      <translation>到开头</translation>
    </message>
    <message>
      <source>To the end</source>
      <translation>到结尾</translation>
    </message>
    <message>
      <source>To the key before</source>
      <translation>到上一个关键帧</translation>
    </message>
    <message>
      <source>To the next key</source>
      <translation>到下一个关键帧</translation>
    </message>
    <message>
      <source>Move keys one frame back</source>
      <translation>关键帧前移一帧</translation>
    </message>
    <message>
      <source>Move keys one frame on</source>
      <translation>关键帧后移一帧</translation>
    </message>
    <message>
      <source>Copy keys</source>
      <translation>复制关键帧</translation>
    </message>
    <message>
      <source>Paste keys at the play head</source>
      <translation>在播放头处粘贴关键帧</translation>
    </message>
    <message>
      <source>Select all keys</source>
      <translation>选中全部关键帧</translation>
    </message>
    <message>
      <source>Remove keys</source>
      <translation>移除关键帧</translation>
    </message>
    <message>
      <source>Way to the next key: {easing}</source>
      <translation>到下一个关键帧的方式：{easing}</translation>
    </message>
    <message>
      <source>Add a marker</source>
      <translation>添加标记</translation>
    </message>
    <message>
      <source>To the marker before</source>
      <translation>到上一个标记</translation>
    </message>
    <message>
      <source>To the next marker</source>
      <translation>到下一个标记</translation>
    </message>
    <message>
      <source>Key of: {name}</source>
      <translation>关键帧：{name}</translation>
    </message>
    <message>
      <source>Take the key away</source>
      <translation>移除关键帧</translation>
    </message>
    <message>
      <source>Add a key here</source>
      <translation>在此添加关键帧</translation>
    </message>
    <message>
      <source>Drag beside keys to select several. Double-click: a key.</source>
      <translation>在关键帧旁边拖动可以选中多个。双击：添加关键帧。</translation>
    </message>
    <message>
      <source>Frame {frame}, {seconds} s. Way to the next key: {easing}. Alt + drag copies.</source>
      <translation>第 {frame} 帧，{seconds} 秒。到下一个关键帧的方式：{easing}。Alt + 拖动可复制。</translation>
    </message>
    <message>
      <source>Flag</source>
      <translation>旗形</translation>
    </message>
    <message>
      <source>Dot</source>
      <translation>圆点</translation>
    </message>
    <message>
      <source>Square</source>
      <translation>方形</translation>
    </message>
    <message>
      <source>Triangle</source>
      <translation>三角形</translation>
    </message>
    <message>
      <source>Markers and beats</source>
      <translation>标记与节拍</translation>
    </message>
    <message>
      <source>Name of the marker</source>
      <translation>标记的名称</translation>
    </message>
    <message>
      <source>{bpm} beats a minute</source>
      <translation>每分钟 {bpm} 拍</translation>
    </message>
    <message>
      <source>Markers</source>
      <translation>标记</translation>
    </message>
    <message>
      <source>Remove the marker</source>
      <translation>移除标记</translation>
    </message>
    <message>
      <source>Double-click: a marker. Drag it, or double-click it to rename it.</source>
      <translation>双击：添加标记。可拖动标记，双击标记可重命名。</translation>
    </message>
    <message>
      <source>{name}, frame {frame}</source>
      <translation>{name}，第 {frame} 帧</translation>
    </message>
    <message>
      <source>{name} of {layer}</source>
      <translation>{layer} 的{name}</translation>
    </message>
    <message>
      <source>Ruler</source>
      <translation>标尺</translation>
    </message>
    <message>
      <source>Drag: play head. Drag the end: length. Ctrl + wheel: closer.</source>
      <translation>拖动：播放头。拖动末端：长度。Ctrl + 滚轮：缩放。</translation>
    </message>
    <message>
      <source>{seconds} s</source>
      <translation>{seconds} 秒</translation>
    </message>
    <message>
      <source>Point</source>
      <translation>潜在点</translation>
    </message>
    <message>
      <source>Removed direction</source>
      <translation>已移除的方向</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>是</translation>
    </message>
    <message>
      <source>no</source>
      <translation>否</translation>
    </message>
    <message>
      <source>Timeline</source>
      <translation>时间轴</translation>
    </message>
    <message>
      <source>Arrows move the play head, with Alt the selected keys.</source>
      <translation>方向键移动播放头，按住 Alt 移动选中的关键帧。</translation>
    </message>
    <message>
      <source>Manual</source>
      <translation>手册</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>页面</translation>
    </message>
    <message>
      <source>Collections</source>
      <translation>集合</translation>
    </message>
    <message>
      <source>All pictures</source>
      <translation>全部图片</translation>
    </message>
    <message>
      <source>Train on it...</source>
      <translation>用它训练...</translation>
    </message>
    <message>
      <source>Remove the collection</source>
      <translation>移除集合</translation>
    </message>
    <message>
      <source>Search the library</source>
      <translation>搜索素材库</translation>
    </message>
    <message>
      <source>Choose all</source>
      <translation>全选</translation>
    </message>
    <message>
      <source>Look at it closely</source>
      <translation>仔细查看</translation>
    </message>
    <message>
      <source>Show the details</source>
      <translation>查看详情</translation>
    </message>
    <message>
      <source>New collection of what is chosen</source>
      <translation>用选中的图片新建集合</translation>
    </message>
    <message>
      <source>Find near duplicates</source>
      <translation>查找近似重复</translation>
    </message>
    <message>
      <source>Export the chosen pictures...</source>
      <translation>导出选中的图片...</translation>
    </message>
    <message>
      <source>New collection</source>
      <translation>新建集合</translation>
    </message>
    <message>
      <source>{n} pictures were removed.</source>
      <translation>移除了 {n} 张图片。</translation>
    </message>
    <message>
      <source>Undo brings them back.</source>
      <translation>撤销可以找回。</translation>
    </message>
    <message>
      <source>Pictures, zips, films</source>
      <translation>图片、压缩包、影片</translation>
    </message>
    <message>
      <source>Folder with pictures</source>
      <translation>图片文件夹</translation>
    </message>
    <message>
      <source>These pictures are ready now: drag them out again.</source>
      <translation>这些图片已准备好：请再拖一次。</translation>
    </message>
    <message>
      <source>Export to this folder</source>
      <translation>导出到此文件夹</translation>
    </message>
    <message>
      <source>{n} files were written.</source>
      <translation>写出了 {n} 个文件。</translation>
    </message>
    <message>
      <source>The chosen picture</source>
      <translation>选中的图片</translation>
    </message>
    <message>
      <source>Caption in English</source>
      <translation>英文说明</translation>
    </message>
    <message>
      <source>Caption in Chinese</source>
      <translation>中文说明</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>Words, separated by commas</source>
      <translation>词语，用逗号分隔</translation>
    </message>
    <message>
      <source>Author</source>
      <translation>作者</translation>
    </message>
    <message>
      <source>Rights</source>
      <translation>权利</translation>
    </message>
    <message>
      <source>Such as CC BY 4.0, or mine</source>
      <translation>例如 CC BY 4.0，或“归我所有”</translation>
    </message>
    <message>
      <source>Choose a picture to see and change what is known of it.</source>
      <translation>选择一张图片，查看和修改它的信息。</translation>
    </message>
    <message>
      <source>{n} pictures chosen</source>
      <translation>选中了 {n} 张图片</translation>
    </message>
    <message>
      <source>Several</source>
      <translation>多个</translation>
    </message>
    <message>
      <source>Made by the model {name}</source>
      <translation>由模型 {name} 生成</translation>
    </message>
    <message>
      <source>Generated</source>
      <translation>生成的</translation>
    </message>
    <message>
      <source>From {file}</source>
      <translation>来自 {file}</translation>
    </message>
    <message>
      <source>In {collections}</source>
      <translation>属于 {collections}</translation>
    </message>
    <message>
      <source>Importing</source>
      <translation>正在导入</translation>
    </message>
    <message>
      <source>Exporting</source>
      <translation>正在导出</translation>
    </message>
    <message>
      <source>Judging</source>
      <translation>评判</translation>
    </message>
    <message>
      <source>{n} pictures</source>
      <translation>{n} 张图片</translation>
    </message>
    <message>
      <source>Judging how real they look: {done:,} of {pictures}</source>
      <translation>正在评判逼真程度：{done:,} / {pictures}</translation>
    </message>
    <message>
      <source>Looking for pictures</source>
      <translation>正在寻找图片</translation>
    </message>
    <message>
      <source>Importing: {done:,} of {files}</source>
      <translation>正在导入：{done:,} / {files}</translation>
    </message>
    <message>
      <source>Exporting: {done:,} of {files}</source>
      <translation>正在导出：{done:,} / {files}</translation>
    </message>
    <message>
      <source>{n} files</source>
      <translation>{n} 个文件</translation>
    </message>
    <message>
      <source>{n} pictures came in.</source>
      <translation>导入了 {n} 张图片。</translation>
    </message>
    <message>
      <source>{n} were there already.</source>
      <translation>{n} 张已经存在。</translation>
    </message>
    <message>
      <source>{n} files were left out.</source>
      <translation>略过了 {n} 个文件。</translation>
    </message>
    <message>
      <source>A close look</source>
      <translation>放大查看</translation>
    </message>
    <message>
      <source>Order of the pictures</source>
      <translation>图片的顺序</translation>
    </message>
    <message>
      <source>Most real first, by {model}</source>
      <translation>最逼真的在前（由“{model}”评判）</translation>
    </message>
    <message>
      <source>As they came</source>
      <translation>按导入顺序</translation>
    </message>
    <message>
      <source>By name</source>
      <translation>按名称</translation>
    </message>
    <message>
      <source>Order of the pictures: {order}</source>
      <translation>图片的顺序：{order}</translation>
    </message>
    <message>
      <source>Pictures before and after</source>
      <translation>处理前后的图片</translation>
    </message>
    <message>
      <source>Keep all, add a margin</source>
      <translation>全部保留，加边距</translation>
    </message>
    <message>
      <source>Fill the square, cut the rest</source>
      <translation>填满方形，裁掉其余</translation>
    </message>
    <message>
      <source>Stretch to a square</source>
      <translation>拉伸成方形</translation>
    </message>
    <message>
      <source>As the pictures are</source>
      <translation>按图片原样</translation>
    </message>
    <message>
      <source>Colour with transparency</source>
      <translation>彩色带透明</translation>
    </message>
    <message>
      <source>Colour</source>
      <translation>彩色</translation>
    </message>
    <message>
      <source>Grey</source>
      <translation>灰度</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>Choose...</source>
      <translation>选择...</translation>
    </message>
    <message>
      <source>Broken</source>
      <translation>损坏</translation>
    </message>
    <message>
      <source>Too small</source>
      <translation>太小</translation>
    </message>
    <message>
      <source>Nothing on it</source>
      <translation>空白</translation>
    </message>
    <message>
      <source>Not a picture</source>
      <translation>不是图片</translation>
    </message>
    <message>
      <source>The same again</source>
      <translation>重复</translation>
    </message>
    <message>
      <source>Made smaller</source>
      <translation>缩小</translation>
    </message>
    <message>
      <source>Given a margin</source>
      <translation>加了边距</translation>
    </message>
    <message>
      <source>Other colours</source>
      <translation>改了颜色</translation>
    </message>
    <message>
      <source>Fit</source>
      <translation>适应方式</translation>
    </message>
    <message>
      <source>Background</source>
      <translation>背景</translation>
    </message>
    <message>
      <source>Leave out below</source>
      <translation>略过小于</translation>
    </message>
    <message>
      <source>Train on these</source>
      <translation>用这些训练</translation>
    </message>
    <message>
      <source>Choose a collection on the left to see what training would make of it.</source>
      <translation>在左侧选择一个集合，查看训练会怎样处理它。</translation>
    </message>
    <message>
      <source>What happens to the pictures</source>
      <translation>图片会怎样处理</translation>
    </message>
    <message>
      <source>{n} groups of near duplicates...</source>
      <translation>{n} 组近似重复...</translation>
    </message>
    <message>
      <source>Left out</source>
      <translation>略过</translation>
    </message>
    <message>
      <source>Found twice, used once</source>
      <translation>重复的只用一次</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>有改动</translation>
    </message>
    <message>
      <source>All are taken as they are.</source>
      <translation>全部原样使用。</translation>
    </message>
    <message>
      <source>None of these pictures can be trained on.</source>
      <translation>这些图片都不能用于训练。</translation>
    </message>
    <message>
      <source>{usable:,} of {items:,} pictures can be trained on; {held:,} of them are kept for measuring.</source>
      <translation>{items:,} 张图片中有 {usable:,} 张可以训练；其中 {held:,} 张留作测量。</translation>
    </message>
    <message>
      <source>Each becomes {side} x {side} pixels, {colours}.</source>
      <translation>每张变为 {side} x {side} 像素，{colours}。</translation>
    </message>
    <message>
      <source>Near duplicates</source>
      <translation>近似重复</translation>
    </message>
    <message>
      <source>Take out</source>
      <translation>移出</translation>
    </message>
    <message>
      <source>{n} groups of pictures</source>
      <translation>{n} 组图片</translation>
    </message>
    <message>
      <source>They look almost the same, and teach a model the same again. Keep which?</source>
      <translation>它们看起来几乎一样，只会让模型重复学同样的东西。保留哪些？</translation>
    </message>
    <message>
      <source>Keep {name}</source>
      <translation>保留 {name}</translation>
    </message>
    <message>
      <source>{n} pictures leave the collection; they stay in the project.</source>
      <translation>{n} 张图片将离开集合，但仍留在项目里。</translation>
    </message>
    <message>
      <source>Size of thumbnails</source>
      <translation>缩略图大小</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>详情</translation>
    </message>
    <message>
      <source>Prepare</source>
      <translation>准备</translation>
    </message>
    <message>
      <source>Panel on the right</source>
      <translation>右侧面板</translation>
    </message>
    <message>
      <source>Nothing here matches.</source>
      <translation>没有匹配的内容。</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>导入</translation>
    </message>
    <message>
      <source>Search names, captions, tags</source>
      <translation>搜索名称、说明、标签</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>搜索</translation>
    </message>
    <message>
      <source>Pictures, zips, films...</source>
      <translation>图片、压缩包、影片...</translation>
    </message>
    <message>
      <source>A folder...</source>
      <translation>文件夹...</translation>
    </message>
    <message>
      <source>The rest lies in {folder}</source>
      <translation>其余部分在 {folder}</translation>
    </message>
    <message>
      <source>Opening the project</source>
      <translation>正在打开项目</translation>
    </message>
    <message>
      <source>No project is open to bring these files into.</source>
      <translation>没有打开的项目可以导入这些文件。</translation>
    </message>
    <message>
      <source>Open a project or make one, then drop them again.</source>
      <translation>请先打开或新建一个项目，再拖放一次。</translation>
    </message>
    <message>
      <source>File</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>编辑</translation>
    </message>
    <message>
      <source>Go</source>
      <translation>前往</translation>
    </message>
    <message>
      <source>Library</source>
      <translation>素材库</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>演奏</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>View</source>
      <translation>视图</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>帮助</translation>
    </message>
    <message>
      <source>Weights of a model</source>
      <translation>模型的权重</translation>
    </message>
    <message>
      <source>Models (*.safetensors)</source>
      <translation>模型 (*.safetensors)</translation>
    </message>
    <message>
      <source>Importing a model</source>
      <translation>正在导入模型</translation>
    </message>
    <message>
      <source>Export the model to</source>
      <translation>导出模型到</translation>
    </message>
    <message>
      <source>Exporting a model</source>
      <translation>正在导出模型</translation>
    </message>
    <message>
      <source>The model was written to {folder}.</source>
      <translation>模型已写到 {folder}。</translation>
    </message>
    <message>
      <source>Checking the model</source>
      <translation>正在检查模型</translation>
    </message>
    <message>
      <source>A model needs another name.</source>
      <translation>模型需要换一个名称。</translation>
    </message>
    <message>
      <source>"{name}" was removed. Undo brings it back.</source>
      <translation>已移除“{name}”。撤销可以找回。</translation>
    </message>
    <message>
      <source>This model is in the project already.</source>
      <translation>这个模型已经在项目里了。</translation>
    </message>
    <message>
      <source>Samples of the model</source>
      <translation>模型的样本</translation>
    </message>
    <message>
      <source>Train further</source>
      <translation>继续训练</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>检查</translation>
    </message>
    <message>
      <source>How good it measured</source>
      <translation>测得的质量</translation>
    </message>
    <message>
      <source>Honest limits</source>
      <translation>如实说明的局限</translation>
    </message>
    <message>
      <source>Its files are missing. Import the model again, or remove it.</source>
      <translation>它的文件缺失。请重新导入模型，或移除它。</translation>
    </message>
    <message>
      <source>This version does not know its family. It is kept as it is and can be exported.</source>
      <translation>当前版本不认识它的系列。它会原样保留，可以导出。</translation>
    </message>
    <message>
      <source>grey</source>
      <translation>灰度</translation>
    </message>
    <message>
      <source>colour</source>
      <translation>彩色</translation>
    </message>
    <message>
      <source>colour with transparency</source>
      <translation>彩色带透明</translation>
    </message>
    <message>
      <source>makes new pictures</source>
      <translation>生成新图片</translation>
    </message>
    <message>
      <source>finds your pictures</source>
      <translation>能找到您的图片</translation>
    </message>
    <message>
      <source>can be played on the pad</source>
      <translation>可以在漫游板上演奏</translation>
    </message>
    <message>
      <source>repairs pictures</source>
      <translation>修复图片</translation>
    </message>
    <message>
      <source>enlarges pictures</source>
      <translation>放大图片</translation>
    </message>
    <message>
      <source>makes matching pairs</source>
      <translation>生成成对的图片</translation>
    </message>
    <message>
      <source>makes pictures of words</source>
      <translation>由文字生成图片</translation>
    </message>
    <message>
      <source>repaints pictures</source>
      <translation>重绘图片</translation>
    </message>
    <message>
      <source>mixes styles layer by layer</source>
      <translation>逐层混合风格</translation>
    </message>
    <message>
      <source>judges how real pictures look</source>
      <translation>评判图片有多逼真</translation>
    </message>
    <message>
      <source>Likeness of rebuilt pictures (PSNR)</source>
      <translation>重建图片的相似度（PSNR）</translation>
    </message>
    <message>
      <source>In dB, on pictures it never saw: above 20 recognisable, above 30 close.</source>
      <translation>单位分贝，用它没见过的图片测量：20 以上可辨认，30 以上很接近。</translation>
    </message>
    <message>
      <source>Likeness of structure (SSIM)</source>
      <translation>结构相似度（SSIM）</translation>
    </message>
    <message>
      <source>0 to 1, on pictures it never saw: 1 is the same.</source>
      <translation>0 到 1，用它没见过的图片测量：1 表示相同。</translation>
    </message>
    <message>
      <source>Distance of samples from real pictures (KID)</source>
      <translation>样本与真实图片的距离（KID）</translation>
    </message>
    <message>
      <source>Lower is better; the lowest that can be reached is the floor.</source>
      <translation>越低越好；能达到的最低值是下限。</translation>
    </message>
    <message>
      <source>Floor of that distance</source>
      <translation>该距离的下限</translation>
    </message>
    <message>
      <source>How far real pictures lie from each other.</source>
      <translation>真实图片彼此之间的距离。</translation>
    </message>
    <message>
      <source>Frechet distance</source>
      <translation>弗雷歇距离</translation>
    </message>
    <message>
      <source>Lower is better; only for comparing models on the same pictures.</source>
      <translation>越低越好；只用于在相同图片上比较模型。</translation>
    </message>
    <message>
      <source>Precision</source>
      <translation>精确率</translation>
    </message>
    <message>
      <source>Part of samples that look like real pictures.</source>
      <translation>看起来像真实图片的样本比例。</translation>
    </message>
    <message>
      <source>Recall</source>
      <translation>召回率</translation>
    </message>
    <message>
      <source>Part of real pictures that samples come near to.</source>
      <translation>样本能接近的真实图片比例。</translation>
    </message>
    <message>
      <source>Density</source>
      <translation>密度</translation>
    </message>
    <message>
      <source>As precision, counted more finely.</source>
      <translation>与精确率类似，计得更细。</translation>
    </message>
    <message>
      <source>Coverage</source>
      <translation>覆盖率</translation>
    </message>
    <message>
      <source>Part of real pictures with a sample beside them.</source>
      <translation>旁边有样本的真实图片比例。</translation>
    </message>
    <message>
      <source>Directions that do something</source>
      <translation>起作用的方向</translation>
    </message>
    <message>
      <source>Axes of the space along which pictures change.</source>
      <translation>会让图片变化的空间轴数。</translation>
    </message>
    <message>
      <source>Copies among samples</source>
      <translation>样本中的复制品</translation>
    </message>
    <message>
      <source>Part of samples that all but repeat a training picture.</source>
      <translation>几乎照搬某张训练图片的样本比例。</translation>
    </message>
    <message>
      <source>Likeness without a model</source>
      <translation>不用模型时的相似度</translation>
    </message>
    <message>
      <source>The same pictures enlarged by plain interpolation (Lanczos), in dB.</source>
      <translation>同样的图片用普通插值（Lanczos）放大，单位 dB。</translation>
    </message>
    <message>
      <source>Lead over plain interpolation</source>
      <translation>比普通插值好多少</translation>
    </message>
    <message>
      <source>In dB; above 0 the model helps.</source>
      <translation>单位 dB；大于 0 说明模型有用。</translation>
    </message>
    <message>
      <source>Likeness of damaged pictures</source>
      <translation>受损图片的相似度</translation>
    </message>
    <message>
      <source>Before the repair, in dB.</source>
      <translation>修复之前，单位分贝。</translation>
    </message>
    <message>
      <source>Likeness of repaired pictures</source>
      <translation>修复后图片的相似度</translation>
    </message>
    <message>
      <source>After the repair, in dB.</source>
      <translation>修复之后，单位分贝。</translation>
    </message>
    <message>
      <source>Its files are missing</source>
      <translation>它的文件缺失</translation>
    </message>
    <message>
      <source>Family "{family}", not known here</source>
      <translation>系列“{family}”，这里不认识</translation>
    </message>
    <message>
      <source>enlarges {factor} times</source>
      <translation>放大 {factor} 倍</translation>
    </message>
    <message>
      <source>Family</source>
      <translation>系列</translation>
    </message>
    <message>
      <source>It</source>
      <translation>能力</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>数据</translation>
    </message>
    <message>
      <source>{items} of {collection}, {held:,} kept for measuring</source>
      <translation>{collection} 的 {items}，其中 {held:,} 张留作测量</translation>
    </message>
    <message>
      <source>Authors</source>
      <translation>作者</translation>
    </message>
    <message>
      <source>nobody named</source>
      <translation>未署名</translation>
    </message>
    <message>
      <source>nothing stated</source>
      <translation>未说明</translation>
    </message>
    <message>
      <source>Trained</source>
      <translation>训练</translation>
    </message>
    <message>
      <source>{steps:,} steps in {time} on {device}, seed {seed}</source>
      <translation>{steps:,} 步，用时 {time}，设备 {device}，种子 {seed}</translation>
    </message>
    <message>
      <source>Trained from</source>
      <translation>训练自</translation>
    </message>
    <message>
      <source>On disk</source>
      <translation>磁盘占用</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>制作于</translation>
    </message>
    <message>
      <source>New project</source>
      <translation>新建项目</translation>
    </message>
    <message>
      <source>Where it is kept</source>
      <translation>保存位置</translation>
    </message>
    <message>
      <source>Stands in every exported file; may stay empty</source>
      <translation>会写入每个导出的文件；可以留空</translation>
    </message>
    <message>
      <source>May stay empty for now</source>
      <translation>可以先留空</translation>
    </message>
    <message>
      <source>Make the project</source>
      <translation>创建项目</translation>
    </message>
    <message>
      <source>The project becomes the folder {folder}</source>
      <translation>项目将成为文件夹 {folder}</translation>
    </message>
    <message>
      <source>There is no folder {folder}.</source>
      <translation>没有文件夹 {folder}。</translation>
    </message>
    <message>
      <source>A name cannot hold any of {signs}</source>
      <translation>名称不能包含 {signs}</translation>
    </message>
    <message>
      <source>{folder} is there already: choose another name.</source>
      <translation>{folder} 已经存在：请换一个名称。</translation>
    </message>
    <message>
      <source>No project is open.</source>
      <translation>没有打开的项目。</translation>
    </message>
    <message>
      <source>Open a project</source>
      <translation>打开项目</translation>
    </message>
    <message>
      <source>Use the starter</source>
      <translation>使用入门项目</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>What would you like to do?</source>
      <translation>您想做什么？</translation>
    </message>
    <message>
      <source>Search commands</source>
      <translation>搜索命令</translation>
    </message>
    <message>
      <source>Nothing is called like this.</source>
      <translation>没有这个名字的命令。</translation>
    </message>
    <message>
      <source>Home</source>
      <translation>主页</translation>
    </message>
    <message>
      <source>Training to go on with</source>
      <translation>可以继续的训练</translation>
    </message>
    <message>
      <source>Recent projects</source>
      <translation>最近的项目</translation>
    </message>
    <message>
      <source>Or drop a folder of pictures, or a project, anywhere on this window.</source>
      <translation>也可以把图片文件夹或项目拖到窗口的任何地方。</translation>
    </message>
    <message>
      <source>Play your own pictures</source>
      <translation>演奏您自己的图片</translation>
    </message>
    <message>
      <source>Train a model of them, then wander through what it learned.</source>
      <translation>用它们训练一个模型，然后在它学到的世界里漫游。</translation>
    </message>
    <message>
      <source>Try the starter</source>
      <translation>试试入门项目</translation>
    </message>
    <message>
      <source>Pictures and a trained model, to play with at once.</source>
      <translation>有图片和训练好的模型，马上可以演奏。</translation>
    </message>
    <message>
      <source>New from a folder</source>
      <translation>从文件夹新建</translation>
    </message>
    <message>
      <source>A project of your own pictures, 30 to 5,000 of them.</source>
      <translation>用您自己的图片建立项目，30 到 5,000 张。</translation>
    </message>
    <message>
      <source>A folder that ends with .aigc, from anywhere.</source>
      <translation>以 .aigc 结尾的文件夹，在哪里都行。</translation>
    </message>
    <message>
      <source>Take off this list</source>
      <translation>从列表中移除</translation>
    </message>
    <message>
      <source>{n} models</source>
      <translation>{n} 个模型</translation>
    </message>
    <message>
      <source>It is not there any more.</source>
      <translation>已经不在那里了。</translation>
    </message>
    <message>
      <source>{percent} % done, in {project}</source>
      <translation>已完成 {percent} %，项目 {project}</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Left in the starter</source>
      <translation>入门项目中留下的内容</translation>
    </message>
    <message>
      <source>Starter, {ago}</source>
      <translation>入门项目，{ago}</translation>
    </message>
    <message>
      <source>Keep as a project...</source>
      <translation>保存为项目...</translation>
    </message>
    <message>
      <source>Discard...</source>
      <translation>丢弃...</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>丢弃</translation>
    </message>
    <message>
      <source>Discard what was made in this starter?</source>
      <translation>要丢弃在这个入门项目中所做的内容吗？</translation>
    </message>
    <message>
      <source>This cannot be undone. The starter itself stays.</source>
      <translation>此操作无法撤销。入门项目本身会保留。</translation>
    </message>
    <message>
      <source>The studio ended before you could keep it.</source>
      <translation>程序在您保存之前就结束了。</translation>
    </message>
    <message>
      <source>{n} changes are recovered.</source>
      <translation>已恢复 {n} 处更改。</translation>
    </message>
    <message>
      <source>Training in it can go on.</source>
      <translation>其中的训练可以继续。</translation>
    </message>
    <message>
      <source>No pictures yet. Drop files, folders or zips anywhere on this window.</source>
      <translation>还没有图片。把文件、文件夹或压缩包拖到窗口的任何地方。</translation>
    </message>
    <message>
      <source>Import a folder...</source>
      <translation>导入文件夹...</translation>
    </message>
    <message>
      <source>This collection is empty.</source>
      <translation>这个集合是空的。</translation>
    </message>
    <message>
      <source>Choose a collection first; near duplicates are sought in it.</source>
      <translation>请先选择一个集合，近似重复会在其中查找。</translation>
    </message>
    <message>
      <source>No two pictures of this collection look almost the same.</source>
      <translation>这个集合里没有看起来几乎一样的图片。</translation>
    </message>
    <message>
      <source>Add to collection</source>
      <translation>添加到集合</translation>
    </message>
    <message>
      <source>Take out of this collection</source>
      <translation>移出此集合</translation>
    </message>
    <message>
      <source>No models yet. Train one on your pictures, or import one.</source>
      <translation>还没有模型。用您的图片训练一个，或导入一个。</translation>
    </message>
    <message>
      <source>Train a model</source>
      <translation>训练模型</translation>
    </message>
    <message>
      <source>Import a model...</source>
      <translation>导入模型...</translation>
    </message>
    <message>
      <source>of {collection}</source>
      <translation>用 {collection} 训练</translation>
    </message>
    <message>
      <source>from {parent}</source>
      <translation>来自 {parent}</translation>
    </message>
    <message>
      <source>{id}, not in this project</source>
      <translation>{id}，不在这个项目里</translation>
    </message>
    <message>
      <source>It is whole, to its last byte.</source>
      <translation>它完好无损，一个字节都不差。</translation>
    </message>
    <message>
      <source>The dock plays {name} now.</source>
      <translation>面板现在演奏 {name}。</translation>
    </message>
    <message>
      <source>Nothing to learn from yet. Bring pictures in, 30 to 5,000 of them.</source>
      <translation>还没有可学的内容。请导入 30 到 5,000 张图片。</translation>
    </message>
    <message>
      <source>To the library</source>
      <translation>前往素材库</translation>
    </message>
    <message>
      <source>New training</source>
      <translation>新建训练</translation>
    </message>
    <message>
      <source>Runs will be listed here.</source>
      <translation>训练会列在这里。</translation>
    </message>
    <message>
      <source>Training runs</source>
      <translation>训练列表</translation>
    </message>
    <message>
      <source>"{name}" is ready to be played.</source>
      <translation>“{name}”可以演奏了。</translation>
    </message>
    <message>
      <source>Matching pairs are learned from two collections.</source>
      <translation>成对图片要从两个集合中学习。</translation>
    </message>
    <message>
      <source>Something is being trained; measuring now would slow it down.</source>
      <translation>正在训练；现在测量会拖慢它。</translation>
    </message>
    <message>
      <source>Show here</source>
      <translation>显示在</translation>
    </message>
    <message>
      <source>Leave</source>
      <translation>离开</translation>
    </message>
    <message>
      <source>Play mode: drag anywhere, Esc leaves</source>
      <translation>演奏模式：在任意处拖动，Esc 离开</translation>
    </message>
    <message>
      <source>The result alone</source>
      <translation>只显示结果</translation>
    </message>
    <message>
      <source>Display {number} ({wide} x {high})</source>
      <translation>显示器 {number}（{wide} x {high}）</translation>
    </message>
    <message>
      <source>Open a project: a folder that ends with .aigc</source>
      <translation>打开项目：以 .aigc 结尾的文件夹</translation>
    </message>
    <message>
      <source>Save as</source>
      <translation>另存为</translation>
    </message>
    <message>
      <source>Starter</source>
      <translation>入门项目</translation>
    </message>
    <message>
      <source>Keep what you made with the starter?</source>
      <translation>保留您在入门项目里做的东西吗？</translation>
    </message>
    <message>
      <source>The starter is a temporary copy. Save it as a project to keep it.</source>
      <translation>入门项目是临时副本。另存为项目才能保留。</translation>
    </message>
    <message>
      <source>Save as...</source>
      <translation>另存为...</translation>
    </message>
    <message>
      <source>Let it go</source>
      <translation>不保留</translation>
    </message>
    <message>
      <source>Drag here: the picture follows.</source>
      <translation>在这里拖动：图片会跟着变化。</translation>
    </message>
    <message>
      <source>Star what you like: it stays in the trail.</source>
      <translation>给喜欢的加星：它会留在足迹里。</translation>
    </message>
    <message>
      <source>Make a loop: your way becomes a film without an end.</source>
      <translation>制作循环：您走过的路会变成没有终点的影片。</translation>
    </message>
    <message>
      <source>{number} of {all}</source>
      <translation>{number} / {all}</translation>
    </message>
    <message>
      <source>Skip all</source>
      <translation>全部跳过</translation>
    </message>
    <message>
      <source>Got it</source>
      <translation>知道了</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Appearance</source>
      <translation>外观</translation>
    </message>
    <message>
      <source>Work</source>
      <translation>工作</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>主题</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Size of text</source>
      <translation>文字大小</translation>
    </message>
    <message>
      <source>Movement</source>
      <translation>动画</translation>
    </message>
    <message>
      <source>Play models on</source>
      <translation>用什么演奏模型</translation>
    </message>
    <message>
      <source>Memory for films</source>
      <translation>影片所用内存</translation>
    </message>
    <message>
      <source>Settings are kept in</source>
      <translation>设置保存在</translation>
    </message>
    <message>
      <source>Keyboard shortcuts...</source>
      <translation>快捷键...</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Full</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>The fastest there is</source>
      <translation>最快的设备</translation>
    </message>
    <message>
      <source>The processor</source>
      <translation>处理器</translation>
    </message>
    <message>
      <source>The first NVIDIA GPU</source>
      <translation>第一块 NVIDIA 显卡</translation>
    </message>
    <message>
      <source>The Apple GPU (untested)</source>
      <translation>Apple 显卡（未测试）</translation>
    </message>
    <message>
      <source>Everywhere</source>
      <translation>任何地方</translation>
    </message>
    <message>
      <source>In the library</source>
      <translation>在素材库中</translation>
    </message>
    <message>
      <source>On the canvas</source>
      <translation>在画布上</translation>
    </message>
    <message>
      <source>In the dock</source>
      <translation>在面板中</translation>
    </message>
    <message>
      <source>On the timeline</source>
      <translation>在时间轴上</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <source>Search commands or keys</source>
      <translation>搜索命令或按键</translation>
    </message>
    <message>
      <source>New keys</source>
      <translation>新按键</translation>
    </message>
    <message>
      <source>Use these keys</source>
      <translation>使用这些按键</translation>
    </message>
    <message>
      <source>No keys</source>
      <translation>不用按键</translation>
    </message>
    <message>
      <source>Shortcuts</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <source>Command</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>按键</translation>
    </message>
    <message>
      <source>All as they were</source>
      <translation>全部恢复原样</translation>
    </message>
    <message>
      <source>Choose a command to give it other keys.</source>
      <translation>选择一个命令，为它设置其他按键。</translation>
    </message>
    <message>
      <source>{names} has these keys now and would lose them.</source>
      <translation>{names} 现在使用这些按键，将会失去它们。</translation>
    </message>
    <message>
      <source>Press the keys in the field first.</source>
      <translation>请先在框中按下按键。</translation>
    </message>
    <message>
      <source>Done.</source>
      <translation>完成。</translation>
    </message>
    <message>
      <source>Processor cores, and memory that the studio uses</source>
      <translation>处理器核心数，以及本软件使用的内存</translation>
    </message>
    <message>
      <source>Pause the training</source>
      <translation>暂停训练</translation>
    </message>
    <message>
      <source>Stop the training and keep what it learned</source>
      <translation>停止训练并保留学到的内容</translation>
    </message>
    <message>
      <source>{n} cores</source>
      <translation>{n} 个核心</translation>
    </message>
    <message>
      <source>Training of {name}</source>
      <translation>训练 {name}</translation>
    </message>
    <message>
      <source>Go on with the training</source>
      <translation>继续训练</translation>
    </message>
    <message>
      <source>Starter: keep what you make with Save as</source>
      <translation>入门项目：用“另存为”保留您的作品</translation>
    </message>
    <message>
      <source>Changes are kept; not saved yet</source>
      <translation>改动已记下，尚未保存</translation>
    </message>
    <message>
      <source>Saved {ago}</source>
      <translation>{ago}保存</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>已保存</translation>
    </message>
    <message>
      <source>starting</source>
      <translation>正在启动</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>已暂停</translation>
    </message>
    <message>
      <source>stopping, saving what it learned</source>
      <translation>正在停止并保存学到的内容</translation>
    </message>
    <message>
      <source>{span} left</source>
      <translation>还剩 {span}</translation>
    </message>
    <message>
      <source>just now</source>
      <translation>刚刚</translation>
    </message>
    <message>
      <source>{n} s ago</source>
      <translation>{n} 秒前</translation>
    </message>
    <message>
      <source>{n} min ago</source>
      <translation>{n} 分钟前</translation>
    </message>
    <message>
      <source>{n} hours ago</source>
      <translation>{n} 小时前</translation>
    </message>
    <message>
      <source>{n} days ago</source>
      <translation>{n} 天前</translation>
    </message>
    <message>
      <source>{n} s</source>
      <translation>{n} 秒</translation>
    </message>
    <message>
      <source>{n} min</source>
      <translation>{n} 分钟</translation>
    </message>
    <message>
      <source>{hours} h {minutes:02d} min</source>
      <translation>{hours} 小时 {minutes:02d} 分</translation>
    </message>
    <message>
      <source>{size:.0f} kB</source>
      <translation>{size:.0f} kB</translation>
    </message>
    <message>
      <source>{size:.0f} MB</source>
      <translation>{size:.0f} MB</translation>
    </message>
    <message>
      <source>{size:.1f} GB</source>
      <translation>{size:.1f} GB</translation>
    </message>
    <message>
      <source>Menus</source>
      <translation>菜单</translation>
    </message>
    <message>
      <source>All open documents</source>
      <translation>所有打开的文档</translation>
    </message>
    <message>
      <source>New document</source>
      <translation>新建文档</translation>
    </message>
    <message>
      <source>Find a command</source>
      <translation>查找命令</translation>
    </message>
    <message>
      <source>Show or hide the dock</source>
      <translation>显示或隐藏面板</translation>
    </message>
    <message>
      <source>It ended before its time. Nothing is lost: it goes on from its last checkpoint.</source>
      <translation>它提前结束了。没有任何损失：可以从最近的检查点继续。</translation>
    </message>
    <message>
      <source>The loss is no number any more: it learned too fast.</source>
      <translation>损失已经不是数字：学得太快了。</translation>
    </message>
    <message>
      <source>Try again, more gently</source>
      <translation>更温和地重试</translation>
    </message>
    <message>
      <source>{n} pictures are</source>
      <translation>{n} 张图片</translation>
    </message>
    <message>
      <source>{few} few: it will mostly repeat them. 30 to 5,000 are better.</source>
      <translation>{few}太少：模型多半只会重复它们。30 到 5,000 张更好。</translation>
    </message>
    <message>
      <source>Add pictures</source>
      <translation>添加图片</translation>
    </message>
    <message>
      <source>It has just begun: the first samples are blurs.</source>
      <translation>刚刚开始：最初的样本会很模糊。</translation>
    </message>
    <message>
      <source>The discriminator is winning: it tells made pictures from yours at a glance. More pictures, or more varied ones, help the other side.</source>
      <translation>判别器占了上风：它一眼就能分辨生成的图片和您的图片。更多或更多样的图片能帮助另一方。</translation>
    </message>
    <message>
      <source>The loss has been rising for a while: it learns too fast.</source>
      <translation>损失已经上升了一阵：学得太快了。</translation>
    </message>
    <message>
      <source>It hardly learns anything new. It can stop here and be played.</source>
      <translation>几乎学不到新东西了。可以停在这里开始演奏。</translation>
    </message>
    <message>
      <source>Stop and keep it</source>
      <translation>停止并保留</translation>
    </message>
    <message>
      <source>It was still learning when its time was over.</source>
      <translation>时间到的时候它还在学习。</translation>
    </message>
    <message>
      <source>Which curve</source>
      <translation>哪条曲线</translation>
    </message>
    <message>
      <source>Learning</source>
      <translation>学习情况</translation>
    </message>
    <message>
      <source>Curve over the steps of the training</source>
      <translation>随训练步数的曲线</translation>
    </message>
    <message>
      <source>Measuring what it takes</source>
      <translation>正在测量所需资源</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>内存</translation>
    </message>
    <message>
      <source>Disk</source>
      <translation>磁盘</translation>
    </message>
    <message>
      <source>Measure</source>
      <translation>测量</translation>
    </message>
    <message>
      <source>Start training</source>
      <translation>开始训练</translation>
    </message>
    <message>
      <source>What it takes</source>
      <translation>所需资源</translation>
    </message>
    <message>
      <source>A few real steps are tried, to tell how long it would take.</source>
      <translation>会试跑几步，以估计需要多久。</translation>
    </message>
    <message>
      <source>Measuring: a few real steps are tried.</source>
      <translation>正在测量：试跑几步。</translation>
    </message>
    <message>
      <source>{steps:,} steps</source>
      <translation>{steps:,} 步</translation>
    </message>
    <message>
      <source>{items:,} pictures</source>
      <translation>{items:,} 张图片</translation>
    </message>
    <message>
      <source>{millions:.1f} million numbers</source>
      <translation>{millions:.1f} 百万个参数</translation>
    </message>
    <message>
      <source>Pictures to learn from</source>
      <translation>用来学习的图片</translation>
    </message>
    <message>
      <source>What should it do?</source>
      <translation>它应该做什么？</translation>
    </message>
    <message>
      <source>How large?</source>
      <translation>多大？</translation>
    </message>
    <message>
      <source>How long?</source>
      <translation>多久？</translation>
    </message>
    <message>
      <source> min</source>
      <translation> 分钟</translation>
    </message>
    <message>
      <source>Start from</source>
      <translation>起点</translation>
    </message>
    <message>
      <source>Name of the model</source>
      <translation>模型名称</translation>
    </message>
    <message>
      <source>Nothing: from the beginning</source>
      <translation>无：从头开始</translation>
    </message>
    <message>
      <source>First samples</source>
      <translation>最初的样本</translation>
    </message>
    <message>
      <source>Samples</source>
      <translation>样本</translation>
    </message>
    <message>
      <source>Samples over the course of the training</source>
      <translation>训练过程中的样本</translation>
    </message>
    <message>
      <source>From the first samples to the latest</source>
      <translation>从最初的样本到最新的样本</translation>
    </message>
    <message>
      <source>step {step:,}</source>
      <translation>第 {step:,} 步</translation>
    </message>
    <message>
      <source>The first samples come within a minute.</source>
      <translation>第一批样本会在一分钟内出现。</translation>
    </message>
    <message>
      <source>Processor</source>
      <translation>处理器</translation>
    </message>
    <message>
      <source>NVIDIA graphics card</source>
      <translation>NVIDIA 显卡</translation>
    </message>
    <message>
      <source>Apple graphics</source>
      <translation>Apple 显卡</translation>
    </message>
    <message>
      <source>More settings</source>
      <translation>更多设置</translation>
    </message>
    <message>
      <source>Mirror left and right</source>
      <translation>左右镜像</translation>
    </message>
    <message>
      <source>Shift</source>
      <translation>平移</translation>
    </message>
    <message>
      <source>Turn</source>
      <translation>旋转</translation>
    </message>
    <message>
      <source>Change of size</source>
      <translation>缩放</translation>
    </message>
    <message>
      <source>Change of colour</source>
      <translation>变色</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>种子</translation>
    </message>
    <message>
      <source>Learn more gently</source>
      <translation>更温和地学习</translation>
    </message>
    <message>
      <source>Compute on</source>
      <translation>计算设备</translation>
    </message>
    <message>
      <source>Vary the pictures while training</source>
      <translation>训练时变化图片</translation>
    </message>
    <message>
      <source>Helps with few pictures; each is seen many ways.</source>
      <translation>图片少时有帮助；每张会以多种样子出现。</translation>
    </message>
    <message>
      <source>A snapshot is made after the step that is being done.</source>
      <translation>当前一步完成后会生成快照。</translation>
    </message>
    <message>
      <source>Save the postcard</source>
      <translation>保存明信片</translation>
    </message>
    <message>
      <source>The postcard was written to {file}.</source>
      <translation>明信片已写到 {file}。</translation>
    </message>
    <message>
      <source>Delete the run</source>
      <translation>删除训练</translation>
    </message>
    <message>
      <source>Delete the run "{name}" with its checkpoints?</source>
      <translation>删除训练“{name}”及其检查点？</translation>
    </message>
    <message>
      <source>A model that came of it stays. This cannot be undone.</source>
      <translation>由它得到的模型会保留。此操作无法撤销。</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>{name}, step {step:,}</source>
      <translation>{name}，第 {step:,} 步</translation>
    </message>
    <message>
      <source>Play it now</source>
      <translation>现在演奏</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Keep a snapshot</source>
      <translation>保存快照</translation>
    </message>
    <message>
      <source>Show the model</source>
      <translation>显示模型</translation>
    </message>
    <message>
      <source>Save the postcard...</source>
      <translation>保存明信片...</translation>
    </message>
    <message>
      <source>{items} of {collection}, {family}, {preset}</source>
      <translation>{collection} 的 {items}，{family}，{preset}</translation>
    </message>
    <message>
      <source>Second collection</source>
      <translation>第二个集合</translation>
    </message>
    <message>
      <source>Choose a collection</source>
      <translation>选择一个集合</translation>
    </message>
    <message>
      <source>The same things in another look, such as drawings and their outlines. Which picture belongs to which need not be told: what both have in common is found.</source>
      <translation>同样的东西换一种样子，例如画作和它们的线稿。不必说明哪张对应哪张：两者的共同之处会被找出来。</translation>
    </message>
    <message>
      <source>Make outlines of the first collection</source>
      <translation>为第一个集合制作线稿</translation>
    </message>
    <message>
      <source>Drawing outlines</source>
      <translation>正在绘制线稿</translation>
    </message>
    <message>
      <source>Choose the collection with the other look.</source>
      <translation>请选择另一种样子的集合。</translation>
    </message>
    <message>
      <source>No other collection holds pictures yet.</source>
      <translation>还没有其他装有图片的集合。</translation>
    </message>
    <message>
      <source>Drawing outlines: {done:,} of {pictures}</source>
      <translation>正在绘制线稿：{done:,} / {pictures}</translation>
    </message>
    <message>
      <source>Pictures as training would see them</source>
      <translation>训练时看到的图片</translation>
    </message>
    <message>
      <source>As training would see them</source>
      <translation>训练时看到的样子</translation>
    </message>
    <message>
      <source>Explore shapes</source>
      <translation>探索形状</translation>
    </message>
    <message>
      <source>A smooth map of your pictures to wander through.</source>
      <translation>一张可以漫游的平滑的图片地图。</translation>
    </message>
    <message>
      <source>Repair pictures</source>
      <translation>修复图片</translation>
    </message>
    <message>
      <source>The same map, and it takes away noise, blur and gaps.</source>
      <translation>同样的地图，还能去除噪点、模糊和缺口。</translation>
    </message>
    <message>
      <source>Sharp samples</source>
      <translation>清晰的样本</translation>
    </message>
    <message>
      <source>New pictures with crisp detail, steered by styles. It needs more time.</source>
      <translation>细节清晰的新图片，用风格来操控。需要更多时间。</translation>
    </message>
    <message>
      <source>Matching pairs</source>
      <translation>成对图片</translation>
    </message>
    <message>
      <source>One picture in two looks, such as outline and colour; from two collections.</source>
      <translation>同一张图片的两种样子，例如线稿和彩色；从两个集合学习。</translation>
    </message>
    <message>
      <source>Enlarge pictures</source>
      <translation>放大图片</translation>
    </message>
    <message>
      <source>Makes pictures four times as large, with the detail that yours have.</source>
      <translation>把图片放大四倍，细节取自您的图片。</translation>
    </message>
    <message>
      <source>Words to pictures</source>
      <translation>文字生成图片</translation>
    </message>
    <message>
      <source>New pictures by what you write; it learns from the captions.</source>
      <translation>按你写的内容生成新图片；它从图片说明中学习。</translation>
    </message>
    <message>
      <source>Quick</source>
      <translation>快速</translation>
    </message>
    <message>
      <source>Small model: learns fast, soft pictures.</source>
      <translation>小模型：学得快，图片柔和。</translation>
    </message>
    <message>
      <source>Balanced</source>
      <translation>均衡</translation>
    </message>
    <message>
      <source>Middle-sized model: sharper, takes longer.</source>
      <translation>中等模型：更清晰，用时更长。</translation>
    </message>
    <message>
      <source>Fine</source>
      <translation>精细</translation>
    </message>
    <message>
      <source>Large model: best with a graphics card or a night.</source>
      <translation>大模型：最好有显卡，或训练一整夜。</translation>
    </message>
    <message>
      <source>How well made pictures pass (generator)</source>
      <translation>生成的图片有多逼真（生成器）</translation>
    </message>
    <message>
      <source>How well the critic tells them apart</source>
      <translation>评判器能多好地区分真假</translation>
    </message>
    <message>
      <source>Loss: what training makes smaller</source>
      <translation>损失：训练要减小的量</translation>
    </message>
    <message>
      <source>Error of rebuilt pictures</source>
      <translation>重建图片的误差</translation>
    </message>
    <message>
      <source>How much the space holds (KL)</source>
      <translation>空间容纳的信息量（KL）</translation>
    </message>
    <message>
      <source>Surprise at the pictures (NLL)</source>
      <translation>对图片的意外程度（NLL）</translation>
    </message>
    <message>
      <source>Loss of the discriminator</source>
      <translation>判别器的损失</translation>
    </message>
    <message>
      <source>Verdict on your pictures</source>
      <translation>对您的图片的评判</translation>
    </message>
    <message>
      <source>Verdict on made pictures</source>
      <translation>对生成图片的评判</translation>
    </message>
    <message>
      <source>Steepness of the verdicts</source>
      <translation>评判的陡峭程度</translation>
    </message>
    <message>
      <source>Unevenness of the space</source>
      <translation>空间的不均匀程度</translation>
    </message>
    <message>
      <source>Share of varied pictures</source>
      <translation>做了变化的图片所占比例</translation>
    </message>
    <message>
      <source>Error of finding pictures</source>
      <translation>寻找图片的误差</translation>
    </message>
    <message>
      <source>How far drawn points lie from found ones</source>
      <translation>抽取的点与找到的点相距多远</translation>
    </message>
    <message>
      <source>Error of rebuilt pictures, fine and coarse</source>
      <translation>重建图片的误差（由细到粗）</translation>
    </message>
    <message>
      <source>Error of the way from noise to pictures</source>
      <translation>从噪声到图片之路的误差</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>无法读取</translation>
    </message>
    <message>
      <source>waits, number {place}</source>
      <translation>等待中，第 {place} 个</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>等待中</translation>
    </message>
    <message>
      <source>training</source>
      <translation>正在训练</translation>
    </message>
    <message>
      <source>saving and stopping</source>
      <translation>正在保存并停止</translation>
    </message>
    <message>
      <source>finished</source>
      <translation>已完成</translation>
    </message>
    <message>
      <source>stopped early</source>
      <translation>提前停止</translation>
    </message>
    <message>
      <source>interrupted, can go on</source>
      <translation>已中断，可以继续</translation>
    </message>
    <message>
      <source>failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>broken off, can go on</source>
      <translation>意外中断，可以继续</translation>
    </message>
    <message>
      <source>step {step:,} of {total:,}</source>
      <translation>第 {step:,} 步，共 {total:,} 步</translation>
    </message>
    <message>
      <source>{span} of training</source>
      <translation>已训练 {span}</translation>
    </message>
    <message>
      <source>{speed:,.0f} pictures a second</source>
      <translation>每秒 {speed:,.0f} 张图片</translation>
    </message>
    <message>
      <source>, </source>
      <translation>、</translation>
    </message>
    <message>
      <source>{title}: {words}</source>
      <translation>{title}：{words}</translation>
    </message>
    <message>
      <source>Close this message</source>
      <translation>关闭此消息</translation>
    </message>
    <message>
      <source>New project...</source>
      <translation>新建项目...</translation>
    </message>
    <message>
      <source>Open a project...</source>
      <translation>打开项目...</translation>
    </message>
    <message>
      <source>Open the starter</source>
      <translation>打开入门项目</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Close the project</source>
      <translation>关闭项目</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>重做</translation>
    </message>
    <message>
      <source>Settings...</source>
      <translation>设置...</translation>
    </message>
    <message>
      <source>Between page and dock</source>
      <translation>在页面与面板之间切换</translation>
    </message>
    <message>
      <source>Next document</source>
      <translation>下一个文档</translation>
    </message>
    <message>
      <source>Previous document</source>
      <translation>上一个文档</translation>
    </message>
    <message>
      <source>Rename the document</source>
      <translation>重命名文档</translation>
    </message>
    <message>
      <source>Close the document</source>
      <translation>关闭文档</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>全屏</translation>
    </message>
    <message>
      <source>Larger text</source>
      <translation>放大文字</translation>
    </message>
    <message>
      <source>Smaller text</source>
      <translation>缩小文字</translation>
    </message>
    <message>
      <source>Find a command...</source>
      <translation>查找命令...</translation>
    </message>
  </context>
  <context>
    <name>Errors</name>
    <message>
      <source>Free some space on that disk or choose another folder, then try again.</source>
      <translation>请在该磁盘上腾出空间或选择其他文件夹，然后重试。</translation>
    </message>
    <message>
      <source>The disk is full: {0} was not written.</source>
      <translation>磁盘已满：{0} 没有写入。</translation>
    </message>
    <message>
      <source>Choose a folder that you may write to.</source>
      <translation>请选择可以写入的文件夹。</translation>
    </message>
    <message>
      <source>{0} may not be written: its disk is read-only.</source>
      <translation>{0} 不能写入：所在磁盘是只读的。</translation>
    </message>
    <message>
      <source>Check its permissions and close programs that use it, or choose another place.</source>
      <translation>请检查权限并关闭正在使用它的程序，或选择其他位置。</translation>
    </message>
    <message>
      <source>{0} may not be read or written.</source>
      <translation>没有读写 {0} 的权限。</translation>
    </message>
    <message>
      <source>Check the path.</source>
      <translation>请检查路径。</translation>
    </message>
    <message>
      <source>{0} does not exist.</source>
      <translation>{0} 不存在。</translation>
    </message>
    <message>
      <source>{0} could not be read or written: {1}.</source>
      <translation>{0} 无法读写：{1}。</translation>
    </message>
    <message>
      <source>another process</source>
      <translation>另一个进程</translation>
    </message>
    <message>
      <source>{0} (process {1} on {2})</source>
      <translation>{0}（进程 {1}，位于 {2}）</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>没有任何改动。</translation>
    </message>
    <message>
      <source>Close it there, or wait until it is done.</source>
      <translation>请在那里关闭它，或等它完成。</translation>
    </message>
    <message>
      <source>{0} is in use by {1}.</source>
      <translation>{0} 正被 {1} 使用。</translation>
    </message>
    <message>
      <source>it has {0} bytes, at most {1} are read</source>
      <translation>它有 {0} 字节，最多只读取 {1} 字节</translation>
    </message>
    <message>
      <source>Use a copy from a source you trust.</source>
      <translation>请使用来自可信来源的副本。</translation>
    </message>
    <message>
      <source>{0} is not valid: {1}.</source>
      <translation>{0} 无效：{1}。</translation>
    </message>
    <message>
      <source>{0} is not a number that may stand here</source>
      <translation>这里不能出现数值 {0}</translation>
    </message>
    <message>
      <source>{0} is too large a number</source>
      <translation>数值 {0} 太大</translation>
    </message>
    <message>
      <source>a number has {0} digits, at most {1} are read</source>
      <translation>有一个数有 {0} 位，最多只读取 {1} 位</translation>
    </message>
    <message>
      <source>the key "{0}" stands there twice</source>
      <translation>键“{0}”出现了两次</translation>
    </message>
    <message>
      <source>it is nested deeper than {0} levels</source>
      <translation>它的嵌套超过 {0} 层</translation>
    </message>
    <message>
      <source>there are too few examples to learn from</source>
      <translation>可供学习的例子太少</translation>
    </message>
    <message>
      <source>nothing tells what is liked from what is not</source>
      <translation>喜欢的与不喜欢的无法区分</translation>
    </message>
    <message>
      <source>Families: {0}.</source>
      <translation>可用的系列：{0}。</translation>
    </message>
    <message>
      <source>There is no model family "{0}".</source>
      <translation>没有模型系列“{0}”。</translation>
    </message>
    <message>
      <source>Presets: {0}.</source>
      <translation>可用的预设：{0}。</translation>
    </message>
    <message>
      <source>{0} has no preset "{1}".</source>
      <translation>{0} 没有预设“{1}”。</translation>
    </message>
    <message>
      <source>tiny</source>
      <translation>微型</translation>
    </message>
    <message>
      <source>Choose another value.</source>
      <translation>请选择其他值。</translation>
    </message>
    <message>
      <source>The setting "{0}" cannot be {1}: {2}.</source>
      <translation>设置“{0}”不能是 {1}：{2}。</translation>
    </message>
    <message>
      <source>Settings: {0}.</source>
      <translation>可用的设置：{0}。</translation>
    </message>
    <message>
      <source>There is no setting "{0}".</source>
      <translation>没有设置“{0}”。</translation>
    </message>
    <message>
      <source>Import the model again.</source>
      <translation>请重新导入模型。</translation>
    </message>
    <message>
      <source>The weights {0} cannot be read: {1}.</source>
      <translation>权重 {0} 无法读取：{1}。</translation>
    </message>
    <message>
      <source>it is not a safetensors file</source>
      <translation>它不是 safetensors 文件</translation>
    </message>
    <message>
      <source>its header is malformed</source>
      <translation>它的文件头格式有误</translation>
    </message>
    <message>
      <source>it does not say which family it belongs to</source>
      <translation>它没有说明属于哪个系列</translation>
    </message>
    <message>
      <source>its note on family and configuration is malformed</source>
      <translation>它关于系列和配置的说明格式有误</translation>
    </message>
    <message>
      <source>a tensor in its header is malformed</source>
      <translation>文件头中有一个张量格式有误</translation>
    </message>
    <message>
      <source>a tensor in its header does not fit the file</source>
      <translation>文件头中有一个张量与文件不符</translation>
    </message>
    <message>
      <source>Only models saved by this studio can be read as they are.</source>
      <translation>只有本软件保存的模型才能直接读取。</translation>
    </message>
    <message>
      <source>The weights {0} were refused: {1}.</source>
      <translation>权重 {0} 被拒绝：{1}。</translation>
    </message>
    <message>
      <source>not a latent code: {0}</source>
      <translation>不是隐空间编码：{0}</translation>
    </message>
    <message>
      <source>Find both in one model first.</source>
      <translation>请先在同一个模型中找到这两个点。</translation>
    </message>
    <message>
      <source>These points belong to different models or spaces, so there is no way between them.</source>
      <translation>这些点属于不同的模型或空间，因此它们之间没有路径。</translation>
    </message>
    <message>
      <source>its latent statistics are no numbers</source>
      <translation>它的隐空间统计量不是数字</translation>
    </message>
    <message>
      <source>its directions have the wrong shape</source>
      <translation>它的方向形状不对</translation>
    </message>
    <message>
      <source>its configuration is not valid</source>
      <translation>它的配置无效</translation>
    </message>
    <message>
      <source>it does not say how large its latent space is</source>
      <translation>它没有说明隐空间有多大</translation>
    </message>
    <message>
      <source>its latent statistics have the wrong shape</source>
      <translation>它的隐空间统计量形状不对</translation>
    </message>
    <message>
      <source>Import the model again from a good copy.</source>
      <translation>请从完好的副本重新导入模型。</translation>
    </message>
    <message>
      <source>The project was not changed.</source>
      <translation>项目没有改动。</translation>
    </message>
    <message>
      <source>The card {0} is not valid ({1}: {2}).</source>
      <translation>卡片 {0} 无效（{1}：{2}）。</translation>
    </message>
    <message>
      <source>Put the card beside the weights that it came with.</source>
      <translation>请把卡片放到它原来的权重旁边。</translation>
    </message>
    <message>
      <source>The card in {0} belongs to other weights.</source>
      <translation>{0} 中的卡片属于其他权重。</translation>
    </message>
    <message>
      <source>Import the model together with its card.</source>
      <translation>请把模型和卡片一起导入。</translation>
    </message>
    <message>
      <source>The family "{0}" is not known here, and there is no {1}.</source>
      <translation>这里不认识系列“{0}”，也没有 {1}。</translation>
    </message>
    <message>
      <source>Unpack it first: aigc-studio project unpack.</source>
      <translation>请先解包：aigc-studio project unpack。</translation>
    </message>
    <message>
      <source>{0} is a packed project.</source>
      <translation>{0} 是打包的项目。</translation>
    </message>
    <message>
      <source>Check the path, or make a new project there.</source>
      <translation>请检查路径，或在那里新建项目。</translation>
    </message>
    <message>
      <source>{0} is not a project: it has no {1}.</source>
      <translation>{0} 不是项目：里面没有 {1}。</translation>
    </message>
    <message>
      <source>the recipe {0} has been altered</source>
      <translation>配方 {0} 被改动过</translation>
    </message>
    <message>
      <source>{0} is not a valid project ({1}).</source>
      <translation>{0} 不是有效的项目（{1}）。</translation>
    </message>
    <message>
      <source>{0} cannot be read: {1}.</source>
      <translation>{0} 无法读取：{1}。</translation>
    </message>
    <message>
      <source>{0} is larger than {1} MB, which no studio writes.</source>
      <translation>{0} 大于 {1} MB，本软件不会写出这样的文件。</translation>
    </message>
    <message>
      <source>The project is as it was at the last save.</source>
      <translation>项目保持上次保存时的样子。</translation>
    </message>
    <message>
      <source>it holds more files or deeper folders than any studio makes</source>
      <translation>它的文件过多或文件夹过深，本软件不会写出这样的项目</translation>
    </message>
    <message>
      <source>"{0}" in it is a link or no plain file</source>
      <translation>其中的“{0}”是链接或不是普通文件</translation>
    </message>
    <message>
      <source>{0} was refused: {1}.</source>
      <translation>{0} 被拒绝：{1}。</translation>
    </message>
    <message>
      <source>a latent code must be finite float32 numbers</source>
      <translation>隐空间编码必须是有限的 float32 数</translation>
    </message>
    <message>
      <source>a group is missing, within itself, or in too many others</source>
      <translation>某个组缺失、包含自身或嵌套过深</translation>
    </message>
    <message>
      <source>the layers of a group lie apart</source>
      <translation>某个组的图层不相邻</translation>
    </message>
    <message>
      <source>a group has no layers</source>
      <translation>某个组没有图层</translation>
    </message>
    <message>
      <source>two layers or groups of a canvas have one id</source>
      <translation>画布的两个图层或组使用同一个标识</translation>
    </message>
    <message>
      <source>a layer has two keys at one frame</source>
      <translation>一个图层在同一帧有两个关键帧</translation>
    </message>
    <message>
      <source>two markers stand at one frame</source>
      <translation>同一帧上有两个标记</translation>
    </message>
    <message>
      <source>a key belongs to no layer that could follow it</source>
      <translation>有一个关键帧不属于任何能跟随它的图层</translation>
    </message>
    <message>
      <source>Unfreeze it, or choose a living layer.</source>
      <translation>请解除冻结，或选择一个活图层。</translation>
    </message>
    <message>
      <source>"{0}" is frozen or a plain picture and does not follow a model.</source>
      <translation>“{0}”已冻结或只是普通图片，不跟随模型。</translation>
    </message>
    <message>
      <source>This group does not reach to that place.</source>
      <translation>这个组不包含那个位置。</translation>
    </message>
    <message>
      <source>"{0}" has no layer {1}.</source>
      <translation>“{0}”没有图层 {1}。</translation>
    </message>
    <message>
      <source>There is no {0} in the project.</source>
      <translation>项目里没有 {0}。</translation>
    </message>
    <message>
      <source>The file of "{0}" is missing.</source>
      <translation>“{0}”的文件缺失。</translation>
    </message>
    <message>
      <source>The file of "{0}" was altered.</source>
      <translation>“{0}”的文件被改动过。</translation>
    </message>
    <message>
      <source>The size noted for "{0}" is wrong.</source>
      <translation>“{0}”记录的尺寸不对。</translation>
    </message>
    <message>
      <source>Files of the model "{0}" are missing.</source>
      <translation>模型“{0}”的文件缺失。</translation>
    </message>
    <message>
      <source>The weights of "{0}" were altered.</source>
      <translation>“{0}”的权重被改动过。</translation>
    </message>
    <message>
      <source>"{0}", its card and its weights disagree.</source>
      <translation>“{0}”与它的卡片和权重不一致。</translation>
    </message>
    <message>
      <source>The family "{0}" of "{1}" is not known here; it is kept.</source>
      <translation>这里不认识“{1}”的系列“{0}”；它会原样保留。</translation>
    </message>
    <message>
      <source>The model of {0} is not there; the last render is shown.</source>
      <translation>{0} 的模型不在；显示的是最后一次的画面。</translation>
    </message>
    <message>
      <source>Unsaved edits wait to be recovered: {0}.</source>
      <translation>有未保存的改动等待恢复：{0} 处。</translation>
    </message>
    <message>
      <source>Nothing refers to it; it is swept at the next open.</source>
      <translation>没有任何内容用到它；下次打开时会清理。</translation>
    </message>
    <message>
      <source>Install a newer version of AIGC Studio, or choose another model.</source>
      <translation>请安装更新版本的 AIGC Studio，或选择其他模型。</translation>
    </message>
    <message>
      <source>Choose a model of the family image-upscale, or train one.</source>
      <translation>请选择 image-upscale 系列的模型，或训练一个。</translation>
    </message>
    <message>
      <source>Train one to repair pictures; on the command line with --set corruption=noise.</source>
      <translation>请训练一个修复图片的模型；在命令行用 --set corruption=noise。</translation>
    </message>
    <message>
      <source>Train one anew: those of today learn it too.</source>
      <translation>请重新训练一个：现在的模型也会学这个。</translation>
    </message>
    <message>
      <source>Choose another model; `aigc-studio families` tells what each can do.</source>
      <translation>请选择其他模型；`aigc-studio families` 会说明每个系列能做什么。</translation>
    </message>
    <message>
      <source>The model "{0}" cannot {1}: {2}.</source>
      <translation>模型“{0}”不能 {1}：{2}。</translation>
    </message>
    <message>
      <source>its family "{0}" is not known here</source>
      <translation>这里不认识它的系列“{0}”</translation>
    </message>
    <message>
      <source>its family {0} does not</source>
      <translation>它的系列 {0} 没有这种能力</translation>
    </message>
    <message>
      <source>it was not trained to</source>
      <translation>它没有受过这种训练</translation>
    </message>
    <message>
      <source>Choose a smaller part.</source>
      <translation>请选择较小的部分。</translation>
    </message>
    <message>
      <source>The part does not lie inside the picture of {0} x {1} pixels.</source>
      <translation>这一部分超出了 {0} x {1} 像素的图片。</translation>
    </message>
    <message>
      <source>Choose a collection of pictures.</source>
      <translation>请选择一个图片集合。</translation>
    </message>
    <message>
      <source>"{0}" holds no pictures to make another look of.</source>
      <translation>“{0}”里没有可以换一种样子的图片。</translation>
    </message>
    <message>
      <source>Choose otherwise, for example another name.</source>
      <translation>请换一种选择，例如换一个名称。</translation>
    </message>
    <message>
      <source>Enter something else.</source>
      <translation>请输入其他内容。</translation>
    </message>
    <message>
      <source>{0} cannot be {1}: {2}.</source>
      <translation>{0} 不能是 {1}：{2}。</translation>
    </message>
    <message>
      <source>This</source>
      <translation>此项</translation>
    </message>
    <message>
      <source>the project has changed since it was made</source>
      <translation>此后项目已有改动</translation>
    </message>
    <message>
      <source>Do it again on the project as it is.</source>
      <translation>请在项目现在的样子上重新操作。</translation>
    </message>
    <message>
      <source>"{0}" cannot be done: {1}.</source>
      <translation>无法完成“{0}”：{1}。</translation>
    </message>
    <message>
      <source>this does not belong into {0}</source>
      <translation>它不属于 {0}</translation>
    </message>
    <message>
      <source>the project has no {0} to be edited</source>
      <translation>项目没有可编辑的 {0}</translation>
    </message>
    <message>
      <source>an edit changes each entity once</source>
      <translation>一次编辑对每个对象只能改动一次</translation>
    </message>
    <message>
      <source>A video has no transparency: it was laid over white.</source>
      <translation>视频没有透明：已铺上白色背景。</translation>
    </message>
    <message>
      <source>Encoded with {0}.</source>
      <translation>用 {0} 编码。</translation>
    </message>
    <message>
      <source>The project is unchanged.</source>
      <translation>项目没有改动。</translation>
    </message>
    <message>
      <source>{0} cannot hold the {1}.</source>
      <translation>{0} 无法保存{1}。</translation>
    </message>
    <message>
      <source>There is no such filter.</source>
      <translation>没有这个滤镜。</translation>
    </message>
    <message>
      <source>Select some layers.</source>
      <translation>请选择一些图层。</translation>
    </message>
    <message>
      <source>There is no layer to group.</source>
      <translation>没有可以编组的图层。</translation>
    </message>
    <message>
      <source>Nothing was imported.</source>
      <translation>没有导入任何内容。</translation>
    </message>
    <message>
      <source>Choose another collection.</source>
      <translation>请选择其他集合。</translation>
    </message>
    <message>
      <source>The collection "{0}" holds {1}, not pictures.</source>
      <translation>集合“{0}”里是 {1}，不是图片。</translation>
    </message>
    <message>
      <source>Everything up to the last save is safe, and the edits since are still open here.</source>
      <translation>上次保存之前的一切都安全，之后的编辑仍在这里打开着。</translation>
    </message>
    <message>
      <source>"{0}" does not hold pictures.</source>
      <translation>“{0}”里没有图片。</translation>
    </message>
    <message>
      <source>Choose another collection or another family.</source>
      <translation>请选择其他集合或其他系列。</translation>
    </message>
    <message>
      <source>"{0}" holds {1}, and {2} learns from {3}s.</source>
      <translation>“{0}”里是 {1}，而 {2} 从 {3} 学习。</translation>
    </message>
    <message>
      <source>Import pictures into it first.</source>
      <translation>请先往里面导入图片。</translation>
    </message>
    <message>
      <source>The collection "{0}" is empty.</source>
      <translation>集合“{0}”是空的。</translation>
    </message>
    <message>
      <source>Leave out the second one, or choose the family cogan.</source>
      <translation>去掉第二个集合，或选择 cogan 系列。</translation>
    </message>
    <message>
      <source>{0} learns from one collection, not from two.</source>
      <translation>{0} 从一个集合学习，而不是两个。</translation>
    </message>
    <message>
      <source>Name the other one too; on the command line with --pair NAME. `derive` makes one out of the first.</source>
      <translation>请同时指定另一个；在命令行上用 --pair NAME。`derive` 可以由第一个集合做出一个。</translation>
    </message>
    <message>
      <source>{0} learns from two collections, and only one was named.</source>
      <translation>{0} 需要两个集合，而只指定了一个。</translation>
    </message>
    <message>
      <source>Name two, such as pictures and their outlines.</source>
      <translation>请指定两个，例如图片和它们的线稿。</translation>
    </message>
    <message>
      <source>The two collections of a pair are the same one.</source>
      <translation>成对的两个集合是同一个。</translation>
    </message>
    <message>
      <source>model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>collection</source>
      <translation>集合</translation>
    </message>
    <message>
      <source>asset</source>
      <translation>素材</translation>
    </message>
    <message>
      <source>Name one by id: {0}.</source>
      <translation>请用编号指定一个：{0}。</translation>
    </message>
    <message>
      <source>{0} {1}s answer to "{2}".</source>
      <translation>有 {0} 个 {1} 都叫“{2}”。</translation>
    </message>
    <message>
      <source>There are: {0}{1}.</source>
      <translation>现有：{0}{1}。</translation>
    </message>
    <message>
      <source>It has no {0}s yet.</source>
      <translation>它还没有{0}。</translation>
    </message>
    <message>
      <source>The project has no {0} "{1}".</source>
      <translation>项目里没有 {0}“{1}”。</translation>
    </message>
    <message>
      <source>it is damaged</source>
      <translation>文件已损坏</translation>
    </message>
    <message>
      <source>it says nothing of what it holds</source>
      <translation>它没有说明自己的内容</translation>
    </message>
    <message>
      <source>its numbers are not those of a map</source>
      <translation>其中的数字不属于一张图谱</translation>
    </message>
    <message>
      <source>Switch the beats on first.</source>
      <translation>请先显示节拍。</translation>
    </message>
    <message>
      <source>There are no beats to count bars by.</source>
      <translation>没有节拍可以用来计算小节。</translation>
    </message>
    <message>
      <source>There is no marker at frame {0}.</source>
      <translation>第 {0} 帧上没有标记。</translation>
    </message>
    <message>
      <source>Paint on a touch-up layer above it.</source>
      <translation>请在它上方的修饰图层上绘制。</translation>
    </message>
    <message>
      <source>"{0}" is not painted on: its picture stays as it is.</source>
      <translation>“{0}”不能绘制：它的图片保持原样。</translation>
    </message>
    <message>
      <source>"{0}" has no mask.</source>
      <translation>“{0}”没有蒙版。</translation>
    </message>
    <message>
      <source>be measured</source>
      <translation>接受测量</translation>
    </message>
    <message>
      <source>Name one to measure on: --collection NAME.</source>
      <translation>请指定用来测量的集合：--collection 名称。</translation>
    </message>
    <message>
      <source>The collection that "{0}" was trained on is not in this project.</source>
      <translation>训练“{0}”所用的集合不在这个项目里。</translation>
    </message>
    <message>
      <source>Name a collection to measure on: --collection NAME.</source>
      <translation>请指定用来测量的集合：--collection 名称。</translation>
    </message>
    <message>
      <source>Nothing was held out of "{0}": it has fewer than {1} pictures that can be used.</source>
      <translation>没有从“{0}”中留出图片：可用的图片少于 {1} 张。</translation>
    </message>
    <message>
      <source>{0} does not say which version of the format it has.</source>
      <translation>{0} 没有说明格式版本。</translation>
    </message>
    <message>
      <source>Install a newer version of AIGC Studio to open it.</source>
      <translation>请安装更新版本的 AIGC Studio 来打开它。</translation>
    </message>
    <message>
      <source>{0} was saved by a newer studio (format {1}; this one reads up to {2}).</source>
      <translation>{0} 由更新版本的软件保存（格式 {1}；当前版本最多读到 {2}）。</translation>
    </message>
    <message>
      <source>the name "{0}" is taken twice</source>
      <translation>名称“{0}”重复了</translation>
    </message>
    <message>
      <source>the entry {0} of {1} calls itself otherwise</source>
      <translation>{1} 中的条目 {0} 与自己的编号不符</translation>
    </message>
    <message>
      <source>the id of an asset must be the beginning of its sha256</source>
      <translation>素材的编号必须是其 sha256 的开头</translation>
    </message>
    <message>
      <source>It was not opened.</source>
      <translation>没有打开它。</translation>
    </message>
    <message>
      <source>Import a folder with weights.safetensors and card.json.</source>
      <translation>请导入包含 weights.safetensors 和 card.json 的文件夹。</translation>
    </message>
    <message>
      <source>{0} is not a model of this studio; such files may run code when opened.</source>
      <translation>{0} 不是本软件的模型；打开这类文件可能会执行代码。</translation>
    </message>
    <message>
      <source>It was not touched.</source>
      <translation>没有动它。</translation>
    </message>
    <message>
      <source>Choose another folder.</source>
      <translation>请选择其他文件夹。</translation>
    </message>
    <message>
      <source>{0} holds a model already.</source>
      <translation>{0} 里已经有模型。</translation>
    </message>
    <message>
      <source>Import the model again, or take it from a copy of the project.</source>
      <translation>请重新导入模型，或从项目的副本中取得。</translation>
    </message>
    <message>
      <source>The weights in {0} were altered.</source>
      <translation>{0} 中的权重被改动过。</translation>
    </message>
    <message>
      <source>The project itself was not touched.</source>
      <translation>项目本身没有被动过。</translation>
    </message>
    <message>
      <source>Nothing was packed.</source>
      <translation>没有打包任何内容。</translation>
    </message>
    <message>
      <source>Remove what needs it, or import it again: aigc-studio project check.</source>
      <translation>请移除需要它的内容，或重新导入：aigc-studio project check。</translation>
    </message>
    <message>
      <source>{0} is missing from the project.</source>
      <translation>项目里缺少 {0}。</translation>
    </message>
    <message>
      <source>"{0}" cannot be a file extension.</source>
      <translation>“{0}”不能作为文件扩展名。</translation>
    </message>
    <message>
      <source>Nothing else in the project was changed.</source>
      <translation>项目的其他部分没有改动。</translation>
    </message>
    <message>
      <source>Its captions, author and rights are kept.</source>
      <translation>它的说明、作者和权利已保留。</translation>
    </message>
    <message>
      <source>Import the file again, or take it from a copy of the project.</source>
      <translation>请重新导入文件，或从项目的副本中取得。</translation>
    </message>
    <message>
      <source>The file of "{0}" is missing from the project.</source>
      <translation>项目里缺少“{0}”的文件。</translation>
    </message>
    <message>
      <source>It has the same pixels as "{0}".</source>
      <translation>它与“{0}”的像素相同。</translation>
    </message>
    <message>
      <source>It is {0} x {1} pixels, training sees {2} x {3}.</source>
      <translation>它是 {0} x {1} 像素，训练时看到的是 {2} x {3}。</translation>
    </message>
    <message>
      <source>It is {0} x {1} pixels, which is no square.</source>
      <translation>它是 {0} x {1} 像素，不是正方形。</translation>
    </message>
    <message>
      <source>It is {0} x {1} pixels; a margin makes it {2} x {3}.</source>
      <translation>它是 {0} x {1} 像素；加边距后成为 {2} x {3}。</translation>
    </message>
    <message>
      <source>Its transparency is laid over a background.</source>
      <translation>它的透明部分会铺上背景。</translation>
    </message>
    <message>
      <source>It becomes grey.</source>
      <translation>它会变成灰度。</translation>
    </message>
    <message>
      <source>repaint pictures</source>
      <translation>重绘图片</translation>
    </message>
    <message>
      <source>Choose a strength from 0 to 1.</source>
      <translation>请选择 0 到 1 之间的强度。</translation>
    </message>
    <message>
      <source>A picture cannot be repainted with strength {0}.</source>
      <translation>无法以强度 {0} 重绘图片。</translation>
    </message>
    <message>
      <source>What was painted lies on top.</source>
      <translation>新画的内容在最上层。</translation>
    </message>
    <message>
      <source>Flatten the layers below, and repaint again.</source>
      <translation>请先拼合下面的图层，再重绘一次。</translation>
    </message>
    <message>
      <source>What was there is seen through what was painted: groups lie in groups as deep as they can, so that it could not be put into one more.</source>
      <translation>原来的内容会透过新画的内容显出来：组的嵌套已达上限，无法再放进一个组。</translation>
    </message>
    <message>
      <source>make new pictures</source>
      <translation>生成新图片</translation>
    </message>
    <message>
      <source>show pictures as it sees them</source>
      <translation>按自己的理解重现图片</translation>
    </message>
    <message>
      <source>search for a picture</source>
      <translation>搜索图片</translation>
    </message>
    <message>
      <source>judge how real pictures look</source>
      <translation>评判图片有多逼真</translation>
    </message>
    <message>
      <source>Name pictures or a --collection.</source>
      <translation>请指定图片或 --collection。</translation>
    </message>
    <message>
      <source>There is nothing to judge.</source>
      <translation>没有可评判的图片。</translation>
    </message>
    <message>
      <source>mix layers</source>
      <translation>混合各层</translation>
    </message>
    <message>
      <source>repair pictures</source>
      <translation>修复图片</translation>
    </message>
    <message>
      <source>enlarge pictures</source>
      <translation>放大图片</translation>
    </message>
    <message>
      <source>walk between pictures</source>
      <translation>在图片之间过渡</translation>
    </message>
    <message>
      <source>Name both points by number, seed:1 and seed:2, and the words with --words.</source>
      <translation>请用编号写出两个点，例如 seed:1 和 seed:2，文字用 --words 写。</translation>
    </message>
    <message>
      <source>Words are no point of the model "{0}": they are told beside it.</source>
      <translation>文字不是模型“{0}”空间中的点：它们是在点之外告诉模型的。</translation>
    </message>
    <message>
      <source>Name a picture, or a point by number: seed:123.</source>
      <translation>请指定一张图片，或用编号指定一个点：seed:123。</translation>
    </message>
    <message>
      <source>The model "{0}" knows no words: {1} learns from pictures alone.</source>
      <translation>模型“{0}”不懂文字：{1} 只从图片学习。</translation>
    </message>
    <message>
      <source>Write a whole number from 0 to {0}: seed:123.</source>
      <translation>请写 0 到 {0} 之间的整数，例如 seed:123。</translation>
    </message>
    <message>
      <source>"{0}" is not a seed.</source>
      <translation>“{0}”不是种子。</translation>
    </message>
    <message>
      <source>Name the pictures in it one by one.</source>
      <translation>请逐一指定其中的图片。</translation>
    </message>
    <message>
      <source>{0} is a folder.</source>
      <translation>{0} 是文件夹。</translation>
    </message>
    <message>
      <source>"{0}" is neither a file nor an asset of the project.</source>
      <translation>“{0}”既不是文件，也不是项目里的素材。</translation>
    </message>
    <message>
      <source>Choose {0}s, or a model for {1}.</source>
      <translation>请选择 {0}，或适合 {1} 的模型。</translation>
    </message>
    <message>
      <source>{0} is {1}, and the model "{2}" works on {3}s.</source>
      <translation>{0} 是 {1}，而模型“{2}”处理的是 {3}。</translation>
    </message>
    <message>
      <source>Choose another collection or another model.</source>
      <translation>请选择其他集合或其他模型。</translation>
    </message>
    <message>
      <source>"{0}" holds {1}, and {2} works on {3}s.</source>
      <translation>“{0}”里是 {1}，而 {2} 处理的是 {3}。</translation>
    </message>
    <message>
      <source>Choose a smaller factor; {0} pixels a side are the most.</source>
      <translation>请选择较小的倍数；每边最多 {0} 像素。</translation>
    </message>
    <message>
      <source>Enlarged {0} times the picture would have {1} x {2} pixels.</source>
      <translation>放大 {0} 倍后图片会有 {1} x {2} 像素。</translation>
    </message>
    <message>
      <source>Select a rectangle again.</source>
      <translation>请重新选择一个矩形。</translation>
    </message>
    <message>
      <source>The rectangle does not lie on the canvas.</source>
      <translation>矩形不在画布上。</translation>
    </message>
    <message>
      <source>Your own projects work all the same.</source>
      <translation>您自己的项目照常可用。</translation>
    </message>
    <message>
      <source>Install the studio again, or name a project of your own.</source>
      <translation>请重新安装本软件，或打开您自己的项目。</translation>
    </message>
    <message>
      <source>The starter project is not installed.</source>
      <translation>没有安装入门项目。</translation>
    </message>
    <message>
      <source>Choose another name for the project.</source>
      <translation>请为项目换一个名称。</translation>
    </message>
    <message>
      <source>{0} is there already.</source>
      <translation>{0} 已经存在。</translation>
    </message>
    <message>
      <source>command</source>
      <translation>命令行</translation>
    </message>
    <message>
      <source>The files of the model {0} are missing from the project.</source>
      <translation>项目里缺少模型 {0} 的文件。</translation>
    </message>
    <message>
      <source>Open it for writing.</source>
      <translation>请以可写方式打开。</translation>
    </message>
    <message>
      <source>{0} is open for reading only.</source>
      <translation>{0} 以只读方式打开。</translation>
    </message>
    <message>
      <source>show one domain or the other</source>
      <translation>只显示两个域之一</translation>
    </message>
    <message>
      <source>be told by words what to make</source>
      <translation>按文字生成</translation>
    </message>
    <message>
      <source>Use up to 500 characters of words, guidance from 0 to 20, up to 200 steps.</source>
      <translation>文字最多 500 个字符，引导强度 0 到 20，步数最多 200。</translation>
    </message>
    <message>
      <source>What the model is told cannot be used: {0}: {1}.</source>
      <translation>给模型的要求无法使用：{0}：{1}。</translation>
    </message>
    <message>
      <source>Train one of the family image-flow, or import one.</source>
      <translation>请训练一个 image-flow 系列的模型，或导入一个。</translation>
    </message>
    <message>
      <source>No model of this project can {0}, nor one that ships.</source>
      <translation>此项目中的模型和随附的模型都不能{0}。</translation>
    </message>
    <message>
      <source>Choose a living layer of the same model.</source>
      <translation>请选择同一模型的活图层。</translation>
    </message>
    <message>
      <source>"{0}" cannot follow this point: it belongs to another space or model.</source>
      <translation>“{0}”不能跟随这个点：它属于另一个空间或模型。</translation>
    </message>
    <message>
      <source>There is no key at frame {0}.</source>
      <translation>第 {0} 帧没有关键帧。</translation>
    </message>
    <message>
      <source>Undo its removal, or learn it again.</source>
      <translation>撤销移除，或重新学习它。</translation>
    </message>
    <message>
      <source>The direction of this track is not kept any more.</source>
      <translation>这条轨道的方向已不再保存。</translation>
    </message>
    <message>
      <source>a pace goes from 0 to 1 and never back</source>
      <translation>速度必须从 0 到 1，不能后退</translation>
    </message>
    <message>
      <source>{0} lies between {1} and {2}</source>
      <translation>{0} 必须在 {1} 与 {2} 之间</translation>
    </message>
    <message>
      <source>a layer is visible (1) or not (0)</source>
      <translation>图层只能是可见（1）或不可见（0）</translation>
    </message>
    <message>
      <source>Leave one of them out.</source>
      <translation>请去掉其中一个。</translation>
    </message>
    <message>
      <source>A run has a number of steps or of minutes, not both.</source>
      <translation>训练可以指定步数或分钟数，不能两者都指定。</translation>
    </message>
    <message>
      <source>Parts: {0}.</source>
      <translation>可用的部分：{0}。</translation>
    </message>
    <message>
      <source>{0} has no part "{1}".</source>
      <translation>{0} 没有部分“{1}”。</translation>
    </message>
    <message>
      <source>Name that model: --from MODEL.</source>
      <translation>请指定那个模型：--from 模型。</translation>
    </message>
    <message>
      <source>Only parts of a model to start from can be frozen.</source>
      <translation>只能冻结起始模型的部分。</translation>
    </message>
    <message>
      <source>Start from a model of the same family.</source>
      <translation>请从同一系列的模型开始。</translation>
    </message>
    <message>
      <source>"{0}" is a model of the family {1}, not {2}.</source>
      <translation>“{0}”是系列 {1} 的模型，不是 {2}。</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>请换一个名称。</translation>
    </message>
    <message>
      <source>"{0}" cannot be the name of a model: {1} marks those that ship.</source>
      <translation>“{0}”不能作为模型名称：{1} 用来标记自带的模型。</translation>
    </message>
    <message>
      <source>Write one of {0}: text:red heart.</source>
      <translation>请写 {0} 之一，例如 text:红心。</translation>
    </message>
    <message>
      <source>"{0}" does not say what to translate.</source>
      <translation>“{0}”没有说明要转换什么。</translation>
    </message>
    <message>
      <source>make pictures of words</source>
      <translation>由文字生成图片</translation>
    </message>
    <message>
      <source>Choose image, audio or text.</source>
      <translation>请选择 image、audio 或 text。</translation>
    </message>
    <message>
      <source>There is no medium "{0}".</source>
      <translation>没有名为“{0}”的媒介。</translation>
    </message>
    <message>
      <source>Words to pictures is what can be done: --from text:WORDS --to image.</source>
      <translation>目前可以由文字生成图片：--from text:文字 --to image。</translation>
    </message>
    <message>
      <source>No model here can make {0} of {1} yet.</source>
      <translation>这里还没有能由{1}生成{0}的模型。</translation>
    </message>
    <message>
      <source>Choose sides of 1 to {0} pixels, nearer to what it is now.</source>
      <translation>请选择 1 到 {0} 像素、更接近当前大小的边长。</translation>
    </message>
    <message>
      <source>The canvas cannot be made {0} x {1} pixels.</source>
      <translation>画布无法调整为 {0} x {1} 像素。</translation>
    </message>
    <message>
      <source>it is not a whole zip file ({0})</source>
      <translation>它不是完整的 zip 文件（{0}）</translation>
    </message>
    <message>
      <source>its directory makes no sense ({0})</source>
      <translation>它的目录无法理解（{0}）</translation>
    </message>
    <message>
      <source>it has too many entries, or several of one name</source>
      <translation>它的条目过多，或有重名的条目</translation>
    </message>
    <message>
      <source>its entries overlap</source>
      <translation>它的条目相互重叠</translation>
    </message>
    <message>
      <source>it would unpack to {0} MB</source>
      <translation>解包后会有 {0} MB</translation>
    </message>
    <message>
      <source>Nothing was unpacked.</source>
      <translation>没有解包任何内容。</translation>
    </message>
    <message>
      <source>Free some space or choose another disk.</source>
      <translation>请腾出空间或选择其他磁盘。</translation>
    </message>
    <message>
      <source>The project needs {0} MB, and {1} MB are free on that disk.</source>
      <translation>项目需要 {0} MB，而那个磁盘有 {1} MB 可用。</translation>
    </message>
    <message>
      <source>{0} has no place in a project</source>
      <translation>{0} 不该出现在项目里</translation>
    </message>
    <message>
      <source>{0} is a link or no plain file</source>
      <translation>{0} 是链接或不是普通文件</translation>
    </message>
    <message>
      <source>it is encrypted or packed in a way that is not read</source>
      <translation>它已加密，或使用了不支持的打包方式</translation>
    </message>
    <message>
      <source>{0} is larger than it says</source>
      <translation>{0} 比它声明的更大</translation>
    </message>
    <message>
      <source>the content of {0} does not match its name</source>
      <translation>{0} 的内容与名称不符</translation>
    </message>
    <message>
      <source>{0} is missing from it</source>
      <translation>其中缺少 {0}</translation>
    </message>
    <message>
      <source>the card of {0} is that of another model</source>
      <translation>{0} 的卡片属于另一个模型</translation>
    </message>
    <message>
      <source>Nothing was lost.</source>
      <translation>没有任何损失。</translation>
    </message>
    <message>
      <source>Close other programs and try again.</source>
      <translation>请关闭其他程序后重试。</translation>
    </message>
    <message>
      <source>The worker process cannot be started: {0}.</source>
      <translation>工作进程无法启动：{0}。</translation>
    </message>
    <message>
      <source>Nothing but this job was lost.</source>
      <translation>除这项工作外没有任何损失。</translation>
    </message>
    <message>
      <source>Close other programs or choose a smaller batch or size, then start it again; a training run goes on from its last checkpoint.</source>
      <translation>请关闭其他程序，或选择较小的批量或尺寸，然后重新开始；训练会从最近的检查点继续。</translation>
    </message>
    <message>
      <source>The worker process was killed by the system (SIGKILL), most likely because memory ran out.</source>
      <translation>工作进程被系统强行结束（SIGKILL），很可能是内存不足。</translation>
    </message>
    <message>
      <source>Start it again; a training run goes on from its last checkpoint.</source>
      <translation>请重新开始；训练会从最近的检查点继续。</translation>
    </message>
    <message>
      <source>The worker process {0}.</source>
      <translation>工作进程异常结束：{0}。</translation>
    </message>
    <message>
      <source>crashed ({0})</source>
      <translation>崩溃（{0}）</translation>
    </message>
    <message>
      <source>ended unexpectedly (exit code {0})</source>
      <translation>意外结束（退出码 {0}）</translation>
    </message>
    <message>
      <source>The engine is closed.</source>
      <translation>引擎已关闭。</translation>
    </message>
    <message>
      <source>Nothing was started.</source>
      <translation>没有开始任何工作。</translation>
    </message>
    <message>
      <source>Ask for fewer GPUs.</source>
      <translation>请减少显卡数量。</translation>
    </message>
    <message>
      <source>Training on {0} GPUs was asked for, and this machine has {1}.</source>
      <translation>要求用 {0} 块显卡训练，而这台电脑有 {1} 块。</translation>
    </message>
    <message>
      <source>Import it into the project first.</source>
      <translation>请先把它导入项目。</translation>
    </message>
    <message>
      <source>{0} is not part of the project.</source>
      <translation>{0} 不属于这个项目。</translation>
    </message>
    <message>
      <source>The spec of the run {0} was refused: {1} leaves the project.</source>
      <translation>训练 {0} 的说明被拒绝：{1} 超出了项目。</translation>
    </message>
    <message>
      <source>A picture from the worker is damaged.</source>
      <translation>工作进程送来的图片已损坏。</translation>
    </message>
    <message>
      <source>"{0}" cannot be the id of a run.</source>
      <translation>“{0}”不能作为训练的编号。</translation>
    </message>
    <message>
      <source>The run {0} exists already.</source>
      <translation>训练 {0} 已经存在。</translation>
    </message>
    <message>
      <source>training worker</source>
      <translation>训练进程</translation>
    </message>
    <message>
      <source>There is no run {0}.</source>
      <translation>没有训练 {0}。</translation>
    </message>
    <message>
      <source>The spec of the run {0}</source>
      <translation>训练 {0} 的说明</translation>
    </message>
    <message>
      <source>{0} belongs to the run {1}.</source>
      <translation>{0} 属于训练 {1}。</translation>
    </message>
    <message>
      <source>Ask for fewer things at a time.</source>
      <translation>请一次少要一些。</translation>
    </message>
    <message>
      <source>The request is too large to send: {0} + {1} bytes.</source>
      <translation>请求太大，无法发送：{0} + {1} 字节。</translation>
    </message>
    <message>
      <source>it does not speak our language</source>
      <translation>它使用的协议不对</translation>
    </message>
    <message>
      <source>a message is out of bounds</source>
      <translation>有一条消息超出范围</translation>
    </message>
    <message>
      <source>a message is malformed ({0} errors)</source>
      <translation>有一条消息格式有误（{0} 处错误）</translation>
    </message>
    <message>
      <source>Try again; if it happens again, reinstall the studio.</source>
      <translation>请重试；如果再次发生，请重新安装本软件。</translation>
    </message>
    <message>
      <source>What came from the other process was refused: {0}.</source>
      <translation>另一个进程送来的内容被拒绝：{0}。</translation>
    </message>
    <message>
      <source>The other process ended in the middle of a message.</source>
      <translation>另一个进程在消息发到一半时结束了。</translation>
    </message>
    <message>
      <source>it is damaged or of an unknown sort ({0})</source>
      <translation>它已损坏或类型未知（{0}）</translation>
    </message>
    <message>
      <source>it has {0} files, at most {1} are read</source>
      <translation>它有 {0} 个文件，最多只读取 {1} 个</translation>
    </message>
    <message>
      <source>it unpacks to more than {0} GiB</source>
      <translation>解包后超过 {0} GiB</translation>
    </message>
    <message>
      <source>"{0}" is a link</source>
      <translation>“{0}”是链接</translation>
    </message>
    <message>
      <source>it is locked with a password</source>
      <translation>它有密码保护</translation>
    </message>
    <message>
      <source>"{0}" unpacks to far more than it should</source>
      <translation>“{0}”解包后远远超出应有的大小</translation>
    </message>
    <message>
      <source>"{0}" leads out of the folder</source>
      <translation>“{0}”指向文件夹之外</translation>
    </message>
    <message>
      <source>"{0}" is larger than any picture should be</source>
      <translation>“{0}”比任何图片应有的大小都大</translation>
    </message>
    <message>
      <source>Unpack it with another program and add the folder of pictures.</source>
      <translation>请用其他程序解包，再添加图片文件夹。</translation>
    </message>
    <message>
      <source>{0} cannot be unpacked: {1}.</source>
      <translation>{0} 无法解包：{1}。</translation>
    </message>
    <message>
      <source>{0} is not safe to unpack: {1}.</source>
      <translation>解包 {0} 不安全：{1}。</translation>
    </message>
    <message>
      <source>"{0}" stands there twice</source>
      <translation>“{0}”出现了两次</translation>
    </message>
    <message>
      <source>more than {0} lines are not read</source>
      <translation>最多只读取 {0} 行</translation>
    </message>
    <message>
      <source>it has more than {0} MiB</source>
      <translation>它超过 {0} MiB</translation>
    </message>
    <message>
      <source>its text is neither UTF-8 nor GBK</source>
      <translation>它的文字既不是 UTF-8 也不是 GBK</translation>
    </message>
    <message>
      <source>it has {0} columns and not {1}; put text that holds the separator in double quotes</source>
      <translation>它有 {0} 列而不是 {1} 列；请给含有分隔符的文字加上双引号</translation>
    </message>
    <message>
      <source>it is no JSON object</source>
      <translation>它不是 JSON 对象</translation>
    </message>
    <message>
      <source>no file is named</source>
      <translation>没有写明文件</translation>
    </message>
    <message>
      <source>its {0} is longer than {1} characters</source>
      <translation>它的 {0} 超过 {1} 个字符</translation>
    </message>
    <message>
      <source>line {0}: {1}</source>
      <translation>第 {0} 行：{1}</translation>
    </message>
    <message>
      <source>Mend the file and import it again.</source>
      <translation>请修正文件后重新导入。</translation>
    </message>
    <message>
      <source>The captions in {0} cannot be used: {1}.</source>
      <translation>{0} 中的说明文字无法使用：{1}。</translation>
    </message>
    <message>
      <source>It is a film: take pictures from it first.</source>
      <translation>这是影片：请先从中截取图片。</translation>
    </message>
    <message>
      <source>It is an archive: unpack it first.</source>
      <translation>这是压缩包：请先解包。</translation>
    </message>
    <message>
      <source>It is not a PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF picture.</source>
      <translation>它不是 PNG、JPEG、WebP、GIF、BMP、TIFF 或 AVIF 图片。</translation>
    </message>
    <message>
      <source>It is {0} x {1} pixels; the shorter side has at least {2}.</source>
      <translation>它是 {0} x {1} 像素；较短的一边至少要有 {2}。</translation>
    </message>
    <message>
      <source>It is transparent all over.</source>
      <translation>它完全透明。</translation>
    </message>
    <message>
      <source>It is one colour all over.</source>
      <translation>它只有一种颜色。</translation>
    </message>
    <message>
      <source>It has the same pixels as {0}.</source>
      <translation>它与 {0} 的像素相同。</translation>
    </message>
    <message>
      <source>Choose sides of 1 to {0} pixels.</source>
      <translation>请选择 1 到 {0} 像素的边长。</translation>
    </message>
    <message>
      <source>A canvas of {0} x {1} pixels cannot be drawn.</source>
      <translation>无法绘制 {0} x {1} 像素的画布。</translation>
    </message>
    <message>
      <source>its frames have more than {0} pixels in all</source>
      <translation>它的帧合计超过 {0} 像素</translation>
    </message>
    <message>
      <source>it has more than {0} frames</source>
      <translation>它超过 {0} 帧</translation>
    </message>
    <message>
      <source>the file is empty</source>
      <translation>文件是空的</translation>
    </message>
    <message>
      <source>it does not hold a PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF picture</source>
      <translation>其中没有 PNG、JPEG、WebP、GIF、BMP、TIFF 或 AVIF 图片</translation>
    </message>
    <message>
      <source>it claims {0} x {1} pixels, at most {2} million are read</source>
      <translation>它声称有 {0} x {1} 像素，最多只读取 {2} 百万像素</translation>
    </message>
    <message>
      <source>it claims far more pixels than are read</source>
      <translation>它声称的像素远远超出可读取的数量</translation>
    </message>
    <message>
      <source>it is damaged (its beginning makes no sense)</source>
      <translation>它已损坏（开头无法理解）</translation>
    </message>
    <message>
      <source>it is damaged ({0})</source>
      <translation>它已损坏（{0}）</translation>
    </message>
    <message>
      <source>Save it again from the program it came from, or leave it out.</source>
      <translation>请用原来的程序重新保存，或略过它。</translation>
    </message>
    <message>
      <source>{0} cannot be read as a picture: {1}.</source>
      <translation>{0} 无法作为图片读取：{1}。</translation>
    </message>
    <message>
      <source>Everything but playback and recording works.</source>
      <translation>除播放和录制外一切正常。</translation>
    </message>
    <message>
      <source>Check that a sound device is connected and switched on.</source>
      <translation>请检查声音设备是否已连接并打开。</translation>
    </message>
    <message>
      <source>The sound system does not answer: {0}.</source>
      <translation>声音系统没有响应：{0}。</translation>
    </message>
    <message>
      <source>Everything else works.</source>
      <translation>其他一切正常。</translation>
    </message>
    <message>
      <source>The PortAudio library is not installed, so sound cannot be played or recorded.</source>
      <translation>没有安装 PortAudio 库，因此无法播放或录制声音。</translation>
    </message>
    <message>
      <source>JPEG has no transparency: it was laid over the background colour.</source>
      <translation>JPEG 没有透明：已铺上背景色。</translation>
    </message>
    <message>
      <source>End the name with one of {0}.</source>
      <translation>请让名称以其中之一结尾：{0}。</translation>
    </message>
    <message>
      <source>"{0}" does not say which picture format is meant.</source>
      <translation>“{0}”没有说明图片格式。</translation>
    </message>
    <message>
      <source>Choose PNG, or make the picture smaller.</source>
      <translation>请选择 PNG，或缩小图片。</translation>
    </message>
    <message>
      <source>{0} holds at most {1} pixels a side; the picture has {2} x {3}.</source>
      <translation>{0} 每边最多 {1} 像素；图片为 {2} x {3}。</translation>
    </message>
    <message>
      <source>"{0}" does not say which film format is meant.</source>
      <translation>“{0}”没有说明影片格式。</translation>
    </message>
    <message>
      <source>GIF shows at most 50 frames a second: the film runs slower than asked.</source>
      <translation>GIF 每秒最多显示 50 帧：影片会比要求的慢。</translation>
    </message>
    <message>
      <source>Nothing was written.</source>
      <translation>没有写入任何内容。</translation>
    </message>
    <message>
      <source>These frames make no film: {0}.</source>
      <translation>这些帧不能组成影片：{0}。</translation>
    </message>
    <message>
      <source>{0} is no number of times to play</source>
      <translation>播放次数不能是 {0}</translation>
    </message>
    <message>
      <source>there is none</source>
      <translation>一帧也没有</translation>
    </message>
    <message>
      <source>they are not all of one size</source>
      <translation>它们的尺寸不一致</translation>
    </message>
    <message>
      <source>they are larger than {0} pixels a side</source>
      <translation>它们的边长超过 {0} 像素</translation>
    </message>
    <message>
      <source>they have more than {0} pixels in all</source>
      <translation>它们合计超过 {0} 像素</translation>
    </message>
    <message>
      <source>{0} frames a second is not between 0 and 240</source>
      <translation>每秒 {0} 帧不在 0 到 240 之间</translation>
    </message>
    <message>
      <source>There is no picture to show.</source>
      <translation>没有可显示的图片。</translation>
    </message>
    <message>
      <source>Choose a smaller rectangle.</source>
      <translation>请选择较小的矩形。</translation>
    </message>
    <message>
      <source>The rectangle {0} x {1} at ({2}, {3}) does not lie inside a picture of {4} x {5} pixels.</source>
      <translation>位于 ({2}, {3}) 的 {0} x {1} 矩形超出了 {4} x {5} 像素的图片。</translation>
    </message>
    <message>
      <source>it is packed in a way that is not read</source>
      <translation>它的打包方式无法读取</translation>
    </message>
    <message>
      <source>Save it again from the program it came from.</source>
      <translation>请在原来的程序中重新保存。</translation>
    </message>
    <message>
      <source>{0} cannot be opened as OpenRaster: {1}.</source>
      <translation>{0} 无法作为 OpenRaster 打开：{1}。</translation>
    </message>
    <message>
      <source>it has too many entries</source>
      <translation>条目过多</translation>
    </message>
    <message>
      <source>it is no OpenRaster file</source>
      <translation>它不是 OpenRaster 文件</translation>
    </message>
    <message>
      <source>its list of layers declares entities</source>
      <translation>它的图层列表声明了实体</translation>
    </message>
    <message>
      <source>it claims {0} x {1} pixels</source>
      <translation>它声称有 {0} x {1} 像素</translation>
    </message>
    <message>
      <source>{0} is too large</source>
      <translation>{0} 过大</translation>
    </message>
    <message>
      <source>{0} is larger than it claims</source>
      <translation>{0} 比声称的更大</translation>
    </message>
    <message>
      <source>its layers have too many pixels</source>
      <translation>它的图层像素过多</translation>
    </message>
    <message>
      <source>its groups lie too deep</source>
      <translation>它的组嵌套过深</translation>
    </message>
    <message>
      <source>it has more than {0} layers</source>
      <translation>它有超过 {0} 个图层</translation>
    </message>
    <message>
      <source>Add some pictures first.</source>
      <translation>请先添加一些图片。</translation>
    </message>
    <message>
      <source>There is no picture to prepare.</source>
      <translation>没有可准备的图片。</translation>
    </message>
    <message>
      <source>Paint white what is to be made anew.</source>
      <translation>请把要重新生成的部分涂成白色。</translation>
    </message>
    <message>
      <source>The mask is black all over: nothing would change.</source>
      <translation>蒙版全是黑色：什么都不会改变。</translation>
    </message>
    <message>
      <source>Take at least {0} pixels a side, and an overlap of {1} to {2}.</source>
      <translation>每边至少需要 {0} 像素，重叠部分为 {1} 到 {2}。</translation>
    </message>
    <message>
      <source>A picture of {0} x {1} pixels makes no seamless tile with an overlap of {2}.</source>
      <translation>{0} x {1} 像素的图片无法以 {2} 的重叠制成无缝图块。</translation>
    </message>
    <message>
      <source>Write # for each digit: fox-####.png.</source>
      <translation>每一位数字写一个 #：fox-####.png。</translation>
    </message>
    <message>
      <source>"{0}" does not say where the number goes.</source>
      <translation>“{0}”没有说明编号的位置。</translation>
    </message>
    <message>
      <source>Use fewer frames, or save a film (.gif, .webp, .mp4).</source>
      <translation>请减少帧数，或保存为影片（.gif、.webp、.mp4）。</translation>
    </message>
    <message>
      <source>A sheet of {0} frames of {1} x {2} pixels is too large.</source>
      <translation>{0} 帧 {1} x {2} 像素的精灵图太大。</translation>
    </message>
    <message>
      <source>It was padded to an even size.</source>
      <translation>已补边到偶数尺寸。</translation>
    </message>
    <message>
      <source>These frames make no film: {0} {1} at {2} frames a second.</source>
      <translation>这些帧不能组成影片：{0} {1}，每秒 {2} 帧。</translation>
    </message>
    <message>
      <source>GIF, WebP and sprite sheets can be written.</source>
      <translation>可以写出 GIF、WebP 和精灵图。</translation>
    </message>
    <message>
      <source>Install PyAV with pip: pip install --force-reinstall av.</source>
      <translation>请用 pip 安装 PyAV：pip install --force-reinstall av。</translation>
    </message>
    <message>
      <source>This machine has no encoder for films.</source>
      <translation>这台电脑没有影片编码器。</translation>
    </message>
    <message>
      <source>The film could not be encoded: {0}.</source>
      <translation>影片无法编码：{0}。</translation>
    </message>
    <message>
      <source>it does not hold a film that is known here</source>
      <translation>里面没有这里认识的影片</translation>
    </message>
    <message>
      <source>there are no pictures in it</source>
      <translation>里面没有画面</translation>
    </message>
    <message>
      <source>its frames are too large</source>
      <translation>它的帧太大</translation>
    </message>
    <message>
      <source>no frame of it can be decoded</source>
      <translation>没有一帧能够解码</translation>
    </message>
    <message>
      <source>its pictures are of an unknown sort</source>
      <translation>它的画面类型未知</translation>
    </message>
    <message>
      <source>its frames have {0} x {1} pixels</source>
      <translation>它的帧有 {0} x {1} 像素</translation>
    </message>
    <message>
      <source>Pictures taken before are kept.</source>
      <translation>之前取得的图片已保留。</translation>
    </message>
    <message>
      <source>Convert it to MP4 with another program, or leave it out.</source>
      <translation>请用其他程序转换为 MP4，或略过它。</translation>
    </message>
    <message>
      <source>{0} cannot be read as a film: {1}.</source>
      <translation>{0} 无法作为影片读取：{1}。</translation>
    </message>
    <message>
      <source>The run goes on from its last checkpoint.</source>
      <translation>训练可以从最近的检查点继续。</translation>
    </message>
    <message>
      <source>They lie untouched in {0}.</source>
      <translation>它们原样保留在 {0} 中。</translation>
    </message>
    <message>
      <source>Put back a copy of that folder, or empty it to begin again at step 0.</source>
      <translation>请放回该文件夹的副本，或清空它以便从第 0 步重新开始。</translation>
    </message>
    <message>
      <source>The training cannot go on: none of its checkpoints can be read.</source>
      <translation>训练无法继续：所有检查点都无法读取。</translation>
    </message>
    <message>
      <source>The collection itself is untouched.</source>
      <translation>集合本身没有被动过。</translation>
    </message>
    <message>
      <source>The prepared pictures changed while they were written.</source>
      <translation>准备好的图片在写入时发生了变化。</translation>
    </message>
    <message>
      <source>Import more pictures, or see what was left out with `prepare`.</source>
      <translation>请导入更多图片，或用“准备”查看略过了什么。</translation>
    </message>
    <message>
      <source>"{0}" has {1} usable pictures ({2}); {3}</source>
      <translation>“{0}”有 {1} 张可用的图片（{2}）；{3}</translation>
    </message>
    <message>
      <source>at least {0} are needed.</source>
      <translation>至少需要 {0} 张。</translation>
    </message>
    <message>
      <source>"{0}" has {1} usable pictures; {2}</source>
      <translation>“{0}”有 {1} 张可用的图片；{2}</translation>
    </message>
    <message>
      <source>Devices here: {0}; auto takes the fastest.</source>
      <translation>这里的设备：{0}；auto 使用最快的。</translation>
    </message>
    <message>
      <source>This machine has no device "{0}".</source>
      <translation>这台电脑没有设备“{0}”。</translation>
    </message>
    <message>
      <source>Name points by number, such as seed:123.</source>
      <translation>请用数字指定点，例如 seed:123。</translation>
    </message>
    <message>
      <source>This model makes pictures from points, and finds no points of pictures.</source>
      <translation>这个模型由点生成图片，不能找到图片的点。</translation>
    </message>
    <message>
      <source>Name the other one too; on the command line with --pair NAME.</source>
      <translation>请同时指定另一个；在命令行上用 --pair NAME。</translation>
    </message>
    <message>
      <source>This family learns from two collections, and only one was named.</source>
      <translation>这个系列需要两个集合，而只指定了一个。</translation>
    </message>
    <message>
      <source>Use the parent's size, colour, preset and latent (see `models show`).</source>
      <translation>请使用起始模型的尺寸、颜色、预设和隐空间维度（见 `models show`）。</translation>
    </message>
    <message>
      <source>The model to start from has another shape than this training run.</source>
      <translation>起始模型的形状与这次训练不同。</translation>
    </message>
    <message>
      <source>Its labels: {0}{1}.</source>
      <translation>它的标签：{0}{1}。</translation>
    </message>
    <message>
      <source>It has no labels: ask it by words.</source>
      <translation>它没有标签：请用文字要求。</translation>
    </message>
    <message>
      <source>This model knows no label "{0}".</source>
      <translation>此模型不认识标签“{0}”。</translation>
    </message>
    <message>
      <source>Its spaces: {0}.</source>
      <translation>它的空间：{0}。</translation>
    </message>
    <message>
      <source>This model has no space "{0}".</source>
      <translation>此模型没有空间“{0}”。</translation>
    </message>
    <message>
      <source>Choose w or w+.</source>
      <translation>请选择 w 或 w+。</translation>
    </message>
    <message>
      <source>From there no way leads to {0} in this model.</source>
      <translation>在这个模型里，从那里无法到达 {0}。</translation>
    </message>
    <message>
      <source>Choose a multiple of {0}: --set size=96.</source>
      <translation>请选择 {0} 的倍数：--set size=96。</translation>
    </message>
    <message>
      <source>Patches of {0} pixels do not suit a factor of {1}.</source>
      <translation>{0} 像素的图块不适合 {1} 倍放大。</translation>
    </message>
    <message>
      <source>Use the parent's factor, colour and preset (see `models show`).</source>
      <translation>请使用父模型的倍数、颜色和预设（见 `models show`）。</translation>
    </message>
    <message>
      <source>Leave out --device, or leave out --gpus.</source>
      <translation>请去掉 --device，或去掉 --gpus。</translation>
    </message>
    <message>
      <source>Training on several GPUs takes one for each process, not {0} alone.</source>
      <translation>多 GPU 训练需要每个进程各用一个 GPU，而不是只用 {0}。</translation>
    </message>
    <message>
      <source>The last checkpoint is kept.</source>
      <translation>最近的检查点已保留。</translation>
    </message>
    <message>
      <source>Start it again; it goes on from there.</source>
      <translation>请再次启动，它会从那里继续。</translation>
    </message>
    <message>
      <source>Train with a batch of {0} or more: --set batch={1}.</source>
      <translation>请使用不小于 {0} 的批次训练：--set batch={1}。</translation>
    </message>
    <message>
      <source>A batch of {0} cannot be shared among {1} GPUs.</source>
      <translation>大小为 {0} 的批次无法分配给 {1} 个 GPU。</translation>
    </message>
    <message>
      <source>Choose a model that can be played, or enlarge pictures with this one.</source>
      <translation>请选择可以演奏的模型，或用这个模型放大图片。</translation>
    </message>
    <message>
      <source>This model makes no pictures of its own: it enlarges those it is given.</source>
      <translation>这个模型不会自己生成图片：它放大给它的图片。</translation>
    </message>
    <message>
      <source>Choose one of the family image-upscale, or train one.</source>
      <translation>请选择 image-upscale 系列的模型，或训练一个。</translation>
    </message>
    <message>
      <source>This model cannot enlarge pictures.</source>
      <translation>这个模型不能放大图片。</translation>
    </message>
    <message>
      <source>The model is kept as it is.</source>
      <translation>模型保持原样。</translation>
    </message>
    <message>
      <source>Open the project with a newer studio to play it.</source>
      <translation>请用更新版本打开项目来演奏它。</translation>
    </message>
    <message>
      <source>This model is of the family "{0}", which this studio does not know.</source>
      <translation>这个模型属于系列“{0}”，当前版本不认识它。</translation>
    </message>
    <message>
      <source>The model's configuration is not valid: {0}.</source>
      <translation>模型的配置无效：{0}。</translation>
    </message>
    <message>
      <source>Nothing of it was used.</source>
      <translation>没有使用其中的任何内容。</translation>
    </message>
    <message>
      <source>The model's weights do not fit its own configuration.</source>
      <translation>模型的权重与其自身的配置不符。</translation>
    </message>
    <message>
      <source>All checkpoints are kept.</source>
      <translation>所有检查点都已保留。</translation>
    </message>
    <message>
      <source>Check the disk, then start it again.</source>
      <translation>请检查磁盘，然后再次启动。</translation>
    </message>
    <message>
      <source>The processes of this training found different checkpoints.</source>
      <translation>此训练的各个进程找到了不同的检查点。</translation>
    </message>
    <message>
      <source>the loss is no longer a number</source>
      <translation>损失已经不是数字</translation>
    </message>
    <message>
      <source>The checkpoint of step {0} is kept.</source>
      <translation>第 {0} 步的检查点已保留。</translation>
    </message>
    <message>
      <source>Train again with a smaller learning rate, for example {0}.</source>
      <translation>请用较小的学习率重新训练，例如 {0}。</translation>
    </message>
    <message>
      <source>Training went astray at step {0}: {1}.</source>
      <translation>训练在第 {0} 步出了偏差：{1}。</translation>
    </message>
    <message>
      <source>a weight is no longer a number</source>
      <translation>有一个权重已经不是数字</translation>
    </message>
    <message>
      <source>The weights {0} could not be read: {1}.</source>
      <translation>权重 {0} 无法读取：{1}。</translation>
    </message>
    <message>
      <source>The weights {0} were refused: "{1}" holds numbers that are not finite.</source>
      <translation>权重 {0} 被拒绝：“{1}”含有非有限数。</translation>
    </message>
    <message>
      <source>The worker's answer cannot be used: {0}.</source>
      <translation>工作进程的回答无法使用：{0}。</translation>
    </message>
    <message>
      <source>The worker's map cannot be used.</source>
      <translation>工作进程的地图无法使用。</translation>
    </message>
    <message>
      <source>it found no point</source>
      <translation>它没有找到任何点</translation>
    </message>
    <message>
      <source>The shortcuts are as they were.</source>
      <translation>快捷键没有改动。</translation>
    </message>
    <message>
      <source>Choose other keys.</source>
      <translation>请选择其他按键。</translation>
    </message>
    <message>
      <source>"{0}" cannot be a shortcut: {1}.</source>
      <translation>“{0}”不能作为快捷键：{1}。</translation>
    </message>
    <message>
      <source>it is not free</source>
      <translation>它不可用</translation>
    </message>
    <message>
      <source>a letter alone would act while words are typed</source>
      <translation>单个字母会在打字时误触发</translation>
    </message>
    <message>
      <source>Like two results with + and dislike two with -, then try again.</source>
      <translation>用 + 喜欢两个结果，用 - 不喜欢两个，然后再试。</translation>
    </message>
    <message>
      <source>There is too little to learn from: {0} liked, {1} disliked.</source>
      <translation>可供学习的太少：喜欢 {0} 个，不喜欢 {1} 个。</translation>
    </message>
    <message>
      <source>Like or dislike results that differ more.</source>
      <translation>请对差别更大的结果表示喜欢或不喜欢。</translation>
    </message>
    <message>
      <source>What is liked cannot be told from what is not.</source>
      <translation>喜欢的与不喜欢的无法区分。</translation>
    </message>
    <message>
      <source>Something went wrong: {0}.</source>
      <translation>出了问题：{0}。</translation>
    </message>
    <message>
      <source>it is not what the studio writes</source>
      <translation>它不是本软件写出的内容</translation>
    </message>
    <message>
      <source>Copy a whole recipe, from its first to its last brace.</source>
      <translation>请复制完整的配方，从第一个括号到最后一个括号。</translation>
    </message>
    <message>
      <source>This recipe cannot be repeated: {0}.</source>
      <translation>这个配方无法重现：{0}。</translation>
    </message>
    <message>
      <source>find pictures</source>
      <translation>查找图片</translation>
    </message>
    <message>
      <source>it needs files that are not in it</source>
      <translation>它需要一些不在其中的文件</translation>
    </message>
    <message>
      <source>Choose a shorter film, a smaller size, or another way to enlarge it.</source>
      <translation>请选择更短的影片、更小的尺寸，或换一种放大方式。</translation>
    </message>
    <message>
      <source>These frames are too many, or too large, for a model to enlarge.</source>
      <translation>这些帧太多或太大，模型无法放大。</translation>
    </message>
    <message>
      <source>They are as you changed them.</source>
      <translation>图层保持您更改后的样子。</translation>
    </message>
    <message>
      <source>Flatten them again.</source>
      <translation>请重新拼合。</translation>
    </message>
    <message>
      <source>The layers were changed while one picture was made of them.</source>
      <translation>在合成一张图片的过程中，图层发生了变化。</translation>
    </message>
    <message>
      <source>It was cancelled.</source>
      <translation>已取消。</translation>
    </message>
    <message>
      <source>it does not judge what was asked</source>
      <translation>它评判的不是所问的图片</translation>
    </message>
    <message>
      <source>A snapshot of a training becomes a model with Keep a snapshot, or when the training ends: play that one. Other models can be imported.</source>
      <translation>训练的快照在按“保存快照”后或训练结束时成为模型：请演奏那个模型。其他模型可以导入。</translation>
    </message>
    <message>
      <source>The model that made this is not in the project.</source>
      <translation>制作它的模型不在这个项目里。</translation>
    </message>
    <message>
      <source>be played</source>
      <translation>演奏</translation>
    </message>
    <message>
      <source>It is as you changed it.</source>
      <translation>它保持您修改后的样子。</translation>
    </message>
    <message>
      <source>Paint the stroke again.</source>
      <translation>请重新画这一笔。</translation>
    </message>
    <message>
      <source>What was painted on was changed meanwhile.</source>
      <translation>绘制的对象在此期间被修改。</translation>
    </message>
    <message>
      <source>{0} is too large to be read.</source>
      <translation>{0} 过大，无法读取。</translation>
    </message>
    <message>
      <source>this picture was changed since</source>
      <translation>这张图片在那之后被更改过</translation>
    </message>
    <message>
      <source>it holds no picture</source>
      <translation>它不含图片</translation>
    </message>
    <message>
      <source>window</source>
      <translation>窗口</translation>
    </message>
    <message>
      <source>Open a project first.</source>
      <translation>请先打开一个项目。</translation>
    </message>
    <message>
      <source>No project is open.</source>
      <translation>没有打开的项目。</translation>
    </message>
    <message>
      <source>The settings are as they were.</source>
      <translation>设置没有改动。</translation>
    </message>
    <message>
      <source>This cannot be set: {0}.</source>
      <translation>无法这样设置：{0}。</translation>
    </message>
    <message>
      <source>Choose the model that it was made with.</source>
      <translation>请选择生成它时所用的模型。</translation>
    </message>
    <message>
      <source>This point belongs to another latent space.</source>
      <translation>这个点属于另一个隐空间。</translation>
    </message>
    <message>
      <source>it belongs to another latent space</source>
      <translation>它属于另一个隐空间</translation>
    </message>
    <message>
      <source>it holds something other than numbers</source>
      <translation>其中有不是数字的内容</translation>
    </message>
    <message>
      <source>Given up.</source>
      <translation>已放弃。</translation>
    </message>
    <message>
      <source>Place a result on a canvas and select it.</source>
      <translation>把一个结果放到画布上并选中它。</translation>
    </message>
    <message>
      <source>There is no living layer that could walk.</source>
      <translation>没有可以漫步的活图层。</translation>
    </message>
    <message>
      <source>Start it from a desktop session. {0}</source>
      <translation>请在桌面会话中启动。{0}</translation>
    </message>
    <message>
      <source>Everything also works on the command line: aigc-studio --help.</source>
      <translation>一切也都可以用命令行完成：aigc-studio --help。</translation>
    </message>
    <message>
      <source>There is no display to show a window on.</source>
      <translation>没有可以显示窗口的屏幕。</translation>
    </message>
    <message>
      <source>On Debian and Ubuntu: sudo apt-get install libegl1 libgl1 libxkbcommon0</source>
      <translation>在 Debian 和 Ubuntu 上：sudo apt-get install libegl1 libgl1 libxkbcommon0</translation>
    </message>
    <message>
      <source>The window needs a library that is missing here: {0}.</source>
      <translation>窗口需要一个这里缺少的库：{0}。</translation>
    </message>
    <message>
      <source>No space left on device</source>
      <translation>磁盘空间不足</translation>
    </message>
    <message>
      <source>Permission denied</source>
      <translation>没有权限</translation>
    </message>
    <message>
      <source>No such file or directory</source>
      <translation>没有这样的文件或文件夹</translation>
    </message>
    <message>
      <source>Is a directory</source>
      <translation>它是文件夹</translation>
    </message>
    <message>
      <source>Not a directory</source>
      <translation>它不是文件夹</translation>
    </message>
    <message>
      <source>Read-only file system</source>
      <translation>磁盘是只读的</translation>
    </message>
    <message>
      <source>Input/output error</source>
      <translation>磁盘读写出错</translation>
    </message>
    <message>
      <source>File name too long</source>
      <translation>文件名太长</translation>
    </message>
    <message>
      <source>Too many open files</source>
      <translation>打开的文件太多</translation>
    </message>
    <message>
      <source>Field required</source>
      <translation>缺少这一项</translation>
    </message>
    <message>
      <source>Extra inputs are not permitted</source>
      <translation>不允许多余的内容</translation>
    </message>
    <message>
      <source>Value error, {0}</source>
      <translation>{0}</translation>
    </message>
    <message>
      <source>Input should be {0}</source>
      <translation>应为 {0}</translation>
    </message>
    <message>
      <source>Input should be less than {0}</source>
      <translation>应小于 {0}</translation>
    </message>
    <message>
      <source>Input should be less than or equal to {0}</source>
      <translation>应不大于 {0}</translation>
    </message>
    <message>
      <source>Input should be greater than {0}</source>
      <translation>应大于 {0}</translation>
    </message>
    <message>
      <source>Input should be greater than or equal to {0}</source>
      <translation>应不小于 {0}</translation>
    </message>
    <message>
      <source>Input should be a finite number</source>
      <translation>应为有限的数</translation>
    </message>
    <message>
      <source>Input should be a valid number</source>
      <translation>应为数字</translation>
    </message>
    <message>
      <source>Input should be a valid integer</source>
      <translation>应为整数</translation>
    </message>
    <message>
      <source>Input should be a valid string</source>
      <translation>应为文字</translation>
    </message>
    <message>
      <source>String should have at least {0} character</source>
      <translation>至少要有 {0} 个字符</translation>
    </message>
    <message>
      <source>String should have at most {0} characters</source>
      <translation>最多 {0} 个字符</translation>
    </message>
    <message>
      <source>String should match pattern {0}</source>
      <translation>格式应为 {0}</translation>
    </message>
    <message>
      <source>image</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>audio</source>
      <translation>声音</translation>
    </message>
    <message>
      <source>text</source>
      <translation>文字</translation>
    </message>
    <message>
      <source>recipe json</source>
      <translation>JSON 配方</translation>
    </message>
    <message>
      <source>author</source>
      <translation>作者</translation>
    </message>
    <message>
      <source>rights</source>
      <translation>权利</translation>
    </message>
    <message>
      <source>title</source>
      <translation>标题</translation>
    </message>
    <message>
      <source>software</source>
      <translation>软件名</translation>
    </message>
    <message>
      <source>digital source type</source>
      <translation>数字来源类型</translation>
    </message>
    <message>
      <source>{0} broken</source>
      <translation>{0} 张损坏</translation>
    </message>
    <message>
      <source>{0} tiny</source>
      <translation>{0} 张太小</translation>
    </message>
    <message>
      <source>{0} empty</source>
      <translation>{0} 张空白</translation>
    </message>
    <message>
      <source>{0} duplicate</source>
      <translation>{0} 张重复</translation>
    </message>
    <message>
      <source>{0} unsupported</source>
      <translation>{0} 个不是图片</translation>
    </message>
    <message>
      <source>It enlarges {0} times, and its detail is a guess from what it has seen.</source>
      <translation>它放大 {0} 倍，细节是根据见过的图片推测的。</translation>
    </message>
    <message>
      <source>It makes squares of {0} pixels.</source>
      <translation>它生成边长 {0} 像素的正方形图片。</translation>
    </message>
    <message>
      <source>It has seen only {0} pictures and may repeat them.</source>
      <translation>它只见过 {0} 张图片，可能会重复它们。</translation>
    </message>
    <message>
      <source>Nothing was held out, so its figures are of pictures it was trained on.</source>
      <translation>没有留出图片，因此数据是用训练过的图片测得的。</translation>
    </message>
    <message>
      <source>It knows words in {0}, and only those of its captions.</source>
      <translation>它懂 {0} 的文字，而且只懂图片说明中出现过的词。</translation>
    </message>
    <message>
      <source>Its pictures had no captions, so it knows no words.</source>
      <translation>它的图片没有说明，所以它不懂文字。</translation>
    </message>
    <message>
      <source>Everything saved before is safe.</source>
      <translation>之前保存的一切都安全。</translation>
    </message>
    <message>
      <source>Choose a smaller batch or a smaller size, or close other programs.</source>
      <translation>请选择较小的批量或尺寸，或关闭其他程序。</translation>
    </message>
    <message>
      <source>Try again; if it happens again, report it with the details.</source>
      <translation>请重试；如果再次发生，请附上详情报告。</translation>
    </message>
    <message>
      <source>Try again.</source>
      <translation>请重试。</translation>
    </message>
    <message>
      <source>The frames of the film arrived incomplete.</source>
      <translation>影片的帧没有完整到达。</translation>
    </message>
    <message>
      <source>encoding the film</source>
      <translation>正在编码影片</translation>
    </message>
    <message>
      <source>preparing pictures</source>
      <translation>正在准备图片</translation>
    </message>
    <message>
      <source>training</source>
      <translation>正在训练</translation>
    </message>
    <message>
      <source>Leave out the search: it finds pictures at once, or not at all.</source>
      <translation>请去掉搜索：它要么立刻找到图片，要么找不到。</translation>
    </message>
    <message>
      <source>This model cannot search for a picture.</source>
      <translation>这个模型不能搜索图片。</translation>
    </message>
    <message>
      <source>searching</source>
      <translation>正在搜索</translation>
    </message>
    <message>
      <source>Choose a model of the family image-gan.</source>
      <translation>请选择 image-gan 系列的模型。</translation>
    </message>
    <message>
      <source>This model has no discriminator to judge with.</source>
      <translation>这个模型没有可用来评判的判别器。</translation>
    </message>
    <message>
      <source>judging pictures</source>
      <translation>正在评判图片</translation>
    </message>
    <message>
      <source>Judging was stopped.</source>
      <translation>评判已停止。</translation>
    </message>
    <message>
      <source>The map of the two strongest directions stays.</source>
      <translation>两个最强方向的地图保持不变。</translation>
    </message>
    <message>
      <source>Install the extra: pip install "aigc-studio[map]".</source>
      <translation>安装附加组件：pip install "aigc-studio[map]"。</translation>
    </message>
    <message>
      <source>The map by likeness needs openTSNE, which is not installed.</source>
      <translation>相似地图需要 openTSNE，尚未安装。</translation>
    </message>
    <message>
      <source>There are no points to be mapped.</source>
      <translation>没有可以绘制成地图的点。</translation>
    </message>
    <message>
      <source>A map takes {0} to {1} points; these are {2}.</source>
      <translation>地图需要 {0} 到 {1} 个点；这里有 {2} 个。</translation>
    </message>
    <message>
      <source>measuring</source>
      <translation>正在测量</translation>
    </message>
    <message>
      <source>Choose a model of words to pictures, or leave them out.</source>
      <translation>请选择由文字生成图片的模型，或去掉它们。</translation>
    </message>
    <message>
      <source>This model knows no words and no labels.</source>
      <translation>此模型不认识文字和标签。</translation>
    </message>
    <message>
      <source>measuring the way</source>
      <translation>正在测量路径</translation>
    </message>
    <message>
      <source>Choose a style-based model.</source>
      <translation>请选择基于风格的模型。</translation>
    </message>
    <message>
      <source>This model has no layers to mix.</source>
      <translation>这个模型没有可混合的层。</translation>
    </message>
    <message>
      <source>Its layers are 0 (coarse) to {0} (fine).</source>
      <translation>它的层从 0（粗）到 {0}（细）。</translation>
    </message>
    <message>
      <source>This model has no layers {0} to {1}.</source>
      <translation>这个模型没有第 {0} 到第 {1} 层。</translation>
    </message>
    <message>
      <source>The latent point is damaged: {0}.</source>
      <translation>隐空间点已损坏：{0}。</translation>
    </message>
    <message>
      <source>The latent point does not belong to this model.</source>
      <translation>这个隐空间点不属于此模型。</translation>
    </message>
    <message>
      <source>This model was not trained to repair pictures.</source>
      <translation>这个模型没有受过修复图片的训练。</translation>
    </message>
    <message>
      <source>Choose a model of the family image-flow.</source>
      <translation>请选择 image-flow 系列的模型。</translation>
    </message>
    <message>
      <source>This model cannot repaint pictures.</source>
      <translation>此模型不能重绘图片。</translation>
    </message>
    <message>
      <source>The program that asked for this is gone.</source>
      <translation>提出请求的程序已经不在了。</translation>
    </message>
    <message>
      <source>measuring this machine's pace</source>
      <translation>正在测量这台电脑的速度</translation>
    </message>
    <message>
      <source>Choose a parent of the same family.</source>
      <translation>请选择同一系列的起始模型。</translation>
    </message>
    <message>
      <source>The model to start from is of the family {0}, not {1}.</source>
      <translation>起始模型属于系列 {0}，不是 {1}。</translation>
    </message>
    <message>
      <source>saving the model</source>
      <translation>正在保存模型</translation>
    </message>
    <message>
      <source>enlarging</source>
      <translation>正在放大</translation>
    </message>
    <message>
      <source>Choose a smaller picture; {0} pixels a side are the most.</source>
      <translation>请选择更小的图片；每边最多 {0} 像素。</translation>
    </message>
    <message>
      <source>The pictures to enlarge arrived incomplete.</source>
      <translation>要放大的图片没有完整到达。</translation>
    </message>
    <message>
      <source>A picture cannot be enlarged: {0}.</source>
      <translation>有一张图片无法放大：{0}。</translation>
    </message>
  </context>
  <context>
    <name>Steps</name>
    <message>
      <source>Add a canvas</source>
      <translation>添加画布</translation>
    </message>
    <message>
      <source>Rename a canvas</source>
      <translation>重命名画布</translation>
    </message>
    <message>
      <source>Change a canvas</source>
      <translation>更改画布</translation>
    </message>
    <message>
      <source>Remove a canvas</source>
      <translation>移除画布</translation>
    </message>
    <message>
      <source>Change a living layer</source>
      <translation>更改活图层</translation>
    </message>
    <message>
      <source>Reorder layers</source>
      <translation>调整图层顺序</translation>
    </message>
    <message>
      <source>Duplicate a layer</source>
      <translation>复制图层</translation>
    </message>
    <message>
      <source>Remove a layer</source>
      <translation>移除图层</translation>
    </message>
    <message>
      <source>Change the project's details</source>
      <translation>更改项目信息</translation>
    </message>
    <message>
      <source>Add assets</source>
      <translation>添加素材</translation>
    </message>
    <message>
      <source>Add "{0}"</source>
      <translation>添加“{0}”</translation>
    </message>
    <message>
      <source>Change a caption</source>
      <translation>更改说明</translation>
    </message>
    <message>
      <source>Change an asset</source>
      <translation>更改素材</translation>
    </message>
    <message>
      <source>Remove assets</source>
      <translation>移除素材</translation>
    </message>
    <message>
      <source>Keep a picture</source>
      <translation>保留图片</translation>
    </message>
    <message>
      <source>Add a collection</source>
      <translation>添加集合</translation>
    </message>
    <message>
      <source>Change a collection</source>
      <translation>更改集合</translation>
    </message>
    <message>
      <source>Add to a collection</source>
      <translation>添加到集合</translation>
    </message>
    <message>
      <source>Rename a collection</source>
      <translation>重命名集合</translation>
    </message>
    <message>
      <source>Remove a collection</source>
      <translation>移除集合</translation>
    </message>
    <message>
      <source>Add a model</source>
      <translation>添加模型</translation>
    </message>
    <message>
      <source>Rename a model</source>
      <translation>重命名模型</translation>
    </message>
    <message>
      <source>Remove a model</source>
      <translation>移除模型</translation>
    </message>
    <message>
      <source>Crop a layer</source>
      <translation>裁切图层</translation>
    </message>
    <message>
      <source>Crop a canvas</source>
      <translation>裁切画布</translation>
    </message>
    <message>
      <source>Keep a direction</source>
      <translation>保存方向</translation>
    </message>
    <message>
      <source>Rename a direction</source>
      <translation>重命名方向</translation>
    </message>
    <message>
      <source>Remove a direction</source>
      <translation>移除方向</translation>
    </message>
    <message>
      <source>Add a filter</source>
      <translation>添加滤镜</translation>
    </message>
    <message>
      <source>Change a filter</source>
      <translation>更改滤镜</translation>
    </message>
    <message>
      <source>Reorder filters</source>
      <translation>调整滤镜顺序</translation>
    </message>
    <message>
      <source>Remove a filter</source>
      <translation>移除滤镜</translation>
    </message>
    <message>
      <source>Group layers</source>
      <translation>图层编组</translation>
    </message>
    <message>
      <source>Take a group apart</source>
      <translation>取消编组</translation>
    </message>
    <message>
      <source>Import pictures</source>
      <translation>导入图片</translation>
    </message>
    <message>
      <source>Keep results</source>
      <translation>保留结果</translation>
    </message>
    <message>
      <source>Keep "{0}"</source>
      <translation>保留“{0}”</translation>
    </message>
    <message>
      <source>Change a layer</source>
      <translation>更改图层</translation>
    </message>
    <message>
      <source>Move a layer</source>
      <translation>移动图层</translation>
    </message>
    <message>
      <source>Scale a layer</source>
      <translation>缩放图层</translation>
    </message>
    <message>
      <source>Rotate a layer</source>
      <translation>旋转图层</translation>
    </message>
    <message>
      <source>Change the opacity</source>
      <translation>更改不透明度</translation>
    </message>
    <message>
      <source>Change the blend mode</source>
      <translation>更改混合模式</translation>
    </message>
    <message>
      <source>Show a layer</source>
      <translation>显示图层</translation>
    </message>
    <message>
      <source>Hide a layer</source>
      <translation>隐藏图层</translation>
    </message>
    <message>
      <source>Freeze a layer</source>
      <translation>冻结图层</translation>
    </message>
    <message>
      <source>Unfreeze a layer</source>
      <translation>唤醒图层</translation>
    </message>
    <message>
      <source>Change the sampling</source>
      <translation>更改缩放方式</translation>
    </message>
    <message>
      <source>Adjust colours</source>
      <translation>调整颜色</translation>
    </message>
    <message>
      <source>Rename a layer</source>
      <translation>重命名图层</translation>
    </message>
    <message>
      <source>Open layers</source>
      <translation>打开图层</translation>
    </message>
    <message>
      <source>Add a layer</source>
      <translation>添加图层</translation>
    </message>
    <message>
      <source>Paste a picture</source>
      <translation>粘贴图片</translation>
    </message>
    <message>
      <source>Paste layers</source>
      <translation>粘贴图层</translation>
    </message>
    <message>
      <source>Add a living layer</source>
      <translation>添加活图层</translation>
    </message>
    <message>
      <source>Flatten layers</source>
      <translation>拼合图层</translation>
    </message>
    <message>
      <source>Add a marker</source>
      <translation>添加标记</translation>
    </message>
    <message>
      <source>Change a marker</source>
      <translation>更改标记</translation>
    </message>
    <message>
      <source>Move a marker</source>
      <translation>移动标记</translation>
    </message>
    <message>
      <source>Remove a marker</source>
      <translation>移除标记</translation>
    </message>
    <message>
      <source>Change the beats</source>
      <translation>更改节拍</translation>
    </message>
    <message>
      <source>Fit the length to bars</source>
      <translation>按小节调整长度</translation>
    </message>
    <message>
      <source>Add a mask</source>
      <translation>添加蒙版</translation>
    </message>
    <message>
      <source>Paint a mask</source>
      <translation>绘制蒙版</translation>
    </message>
    <message>
      <source>Change a mask</source>
      <translation>更改蒙版</translation>
    </message>
    <message>
      <source>Remove a mask</source>
      <translation>移除蒙版</translation>
    </message>
    <message>
      <source>Paint</source>
      <translation>绘制</translation>
    </message>
    <message>
      <source>Add a touch-up layer</source>
      <translation>添加修饰图层</translation>
    </message>
    <message>
      <source>Add a preset</source>
      <translation>添加预设</translation>
    </message>
    <message>
      <source>Change a preset</source>
      <translation>更改预设</translation>
    </message>
    <message>
      <source>Rename a preset</source>
      <translation>重命名预设</translation>
    </message>
    <message>
      <source>Remove a preset</source>
      <translation>移除预设</translation>
    </message>
    <message>
      <source>Show a picture</source>
      <translation>显示图片</translation>
    </message>
    <message>
      <source>Take pictures away</source>
      <translation>移走图片</translation>
    </message>
    <message>
      <source>Repaint the selection</source>
      <translation>重绘选区</translation>
    </message>
    <message>
      <source>Add a key</source>
      <translation>添加关键帧</translation>
    </message>
    <message>
      <source>Change a key</source>
      <translation>更改关键帧</translation>
    </message>
    <message>
      <source>Record a move</source>
      <translation>录制移动</translation>
    </message>
    <message>
      <source>Move a key</source>
      <translation>移动关键帧</translation>
    </message>
    <message>
      <source>Copy keys</source>
      <translation>复制关键帧</translation>
    </message>
    <message>
      <source>Remove a key</source>
      <translation>移除关键帧</translation>
    </message>
    <message>
      <source>Change the easing</source>
      <translation>更改缓动</translation>
    </message>
    <message>
      <source>Even out the pace</source>
      <translation>使变化匀速</translation>
    </message>
    <message>
      <source>Change the timeline</source>
      <translation>更改时间轴</translation>
    </message>
    <message>
      <source>Turn a canvas</source>
      <translation>旋转画布</translation>
    </message>
    <message>
      <source>Mirror a canvas</source>
      <translation>镜像画布</translation>
    </message>
    <message>
      <source>Resize a canvas</source>
      <translation>调整画布大小</translation>
    </message>
    <message>
      <source>Resize a picture</source>
      <translation>调整图片大小</translation>
    </message>
    <message>
      <source>Sheet of variations</source>
      <translation>变化一览</translation>
    </message>
    <message>
      <source>Make a loop of chance</source>
      <translation>做随机循环</translation>
    </message>
    <message>
      <source>Change the preparation</source>
      <translation>更改准备方式</translation>
    </message>
    <message>
      <source>Take out of a collection</source>
      <translation>移出集合</translation>
    </message>
    <message>
      <source>Change tags</source>
      <translation>更改标签</translation>
    </message>
    <message>
      <source>Rename a picture</source>
      <translation>重命名图片</translation>
    </message>
    <message>
      <source>Change the author</source>
      <translation>更改作者</translation>
    </message>
    <message>
      <source>Change the rights</source>
      <translation>更改权利</translation>
    </message>
    <message>
      <source>Take out near duplicates</source>
      <translation>移出近似重复</translation>
    </message>
  </context>
</TS>
