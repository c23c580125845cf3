<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>Studio</name>
    <message>
      <source>About AIGC Studio</source>
      <translation>关于 AIGC Studio</translation>
    </message>
    <message>
      <source>Credits</source>
      <translation>致谢</translation>
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
      <source>Place on the canvas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Random</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Surprise me near here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find in model...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All to the middle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Direction {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dock</source>
      <translation>面板</translation>
    </message>
    <message>
      <source>Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Preview</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pad</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Directions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mix</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nearby</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How to move</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From typical to strange</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far from the typical (truncation)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Typical</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Strange</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find a picture in the model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pictures ({kinds})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waiting for a picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The dock changes this layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is selected.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Source A</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Source B</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From A to B</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag from A to B.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go somewhere and press Source A, go elsewhere and press Source B.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nine variations; pick one to go on from there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nine others</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Variation {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pad: a map of the model's space</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Arrows move; with Shift in larger steps.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Across</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In standard deviations from the middle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It also lies away from the map in {n} directions that are not shown.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It lies on the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Presets</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep this as a preset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recipe</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recipe as JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste and repeat</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Play something first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>seed {seed}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model}, {seed}, {truncation} times as far from the typical</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What you play gathers here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trail: the last results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the star away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Star: keep as a preset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep in the library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kept results</source>
      <translation type="unfinished" />
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
      <translation type="unfinished" />
    </message>
    <message>
      <source>All pictures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Train on it...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove the collection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The chosen picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Caption in English</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Caption in Chinese</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tags</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Words, separated by commas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Author</source>
      <translation>作者</translation>
    </message>
    <message>
      <source>Rights</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Such as CC BY 4.0, or mine</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a picture to see and change what is known of it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} pictures chosen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Several</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Made by the model {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Generated</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From {file}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In {collections}</source>
      <translation type="unfinished" />
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
      <source>Canvas</source>
      <translation>画布</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>演奏</translation>
    </message>
    <message>
      <source>Timeline</source>
      <translation>时间轴</translation>
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
      <source>New project</source>
      <translation>新建项目</translation>
    </message>
    <message>
      <source>Folder with pictures</source>
      <translation>图片文件夹</translation>
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
      <source>May stay empty: pictures can be brought in later</source>
      <translation>可以留空：以后再导入图片</translation>
    </message>
    <message>
      <source>Make the project</source>
      <translation>创建项目</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
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
      <source>Choose...</source>
      <translation>选择...</translation>
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
      <source>{n} pictures</source>
      <translation>{n} 张图片</translation>
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
      <source>Nothing moves by itself</source>
      <translation>没有自动的动画</translation>
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
      <source>As it was</source>
      <translation>恢复原样</translation>
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
      <source>New document</source>
      <translation>新建文档</translation>
    </message>
    <message>
      <source>Find a command</source>
      <translation>查找命令</translation>
    </message>
    <message>
      <source>Open documents</source>
      <translation>打开的文档</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>详情</translation>
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
    <message>
      <source>{count} unsaved edits of an earlier session were recovered.</source>
      <translation>已恢复上次未保存的 {count} 处改动。</translation>
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
      <source>The model of "{name}" is not in this project: its last picture stays.</source>
      <translation>“{name}”的模型不在这个项目里：保留它最后的图片。</translation>
    </message>
  </context>
</TS>
