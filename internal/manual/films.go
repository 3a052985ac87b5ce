package manual

import "mingdeng/internal/diag"

// filmsTopic tells how films and comics are made ready, named and shown.
func filmsTopic(l diag.Lang) string {
	return diag.Text{
		Zh: `英雄、简报、篇目、展品和普通页面都能放一段视频，也能放一组漫画；屏幕的播放单能放许多段视频。

## 放在自己这里，还是放链接

- 短的、要长久留住的，放在自己这里：三分钟以内，720p，约 20 MB。不登录、没有广告，断了网的大厅也能放。
- 长的、已经在视频网站上的，写那一页的网址。页面上只是一个链接，不嵌别人的播放器，读者不点就什么也不会发出去。

没有人一打开页面就被放视频：点了才下载，在公园里用流量的人不吃亏。

## 怎么准备

1. 存成 MP4（H.264 + AAC）：旧手机、微信里都能放。WebM 也行，旧 iPhone 放不了。
2. 手机拍的 4K 先用剪映之类导出 720p、30 帧；一分钟 5 到 8 MB。
3. 想边下边放，导出时选“网络优化”（文件开头就有目录）；ffmpeg 是 -movflags +faststart。
4. 手机写进去的地点、机型、时间和作者，发布时都会去掉，画面和声音一点不变。

## 先要同意

入镜的人、出声的人、说到的人，都要本人同意；未成年人要监护人书面同意。名字程序会在标题和字幕里查，画面里的要人看一遍。
不要发行凶、受伤的画面。新闻单位的片子要有授权。

## 怎么写

视频放在记录的文件夹里，写文件名就行：

    视频: fang-tan.mp4

或者写全：

    视频:
      文件: fang-tan.mp4
      标题: 三月里的走访
      封面: feng-mian.jpg
      字幕: fang-tan.vtt

放链接：

    视频: https://www.example.cn/video/123

封面不写也行，就是一块带播放键的深色。字幕是给听不见的人的，也给不方便出声的地方：剪映的“智能字幕”导出 SRT 就能用。

屏幕的播放单：

    影片:
      - da-ting.mp4
      - {文件: xuan-chuan.mp4, 标题: 宣传片}

屏幕上的视频不出声，和标语、英雄轮着放，放完一段放下一段。

## 漫画

图片按读的次序排，每张都写它画了什么、写了什么：

    漫画:
      - {文件: 1.png, 替代文字: 第一格，夜里的渡口，有人喊}
      - {文件: 2.png, 替代文字: 第二格，他跳下水}

手机上一张接一张往下看，不用左右翻。
`,
		En: `Heroes, briefs, chapters, exhibits and pages can show a film, and a comic; a screen's playlist plays many films.

## Here, or by a link

- What is short and is to last lies here: three minutes at most, 720p, some 20 MB. Nobody logs in, nothing is advertised, and a hall without a network plays it.
- What is long, or on a platform already, is named by its page's address. It is shown as a link; no player of others is built in, and nothing is asked of them before somebody follows it.

No film plays by itself: it is fetched when it is started, and nobody in a park pays for one unasked.

## How

1. MP4 with H.264 and AAC plays everywhere, in old telephones and WeChat too. WebM plays on no old iPhone.
2. Let an editor of films export 4K as 720p with 30 frames a second: 5 to 8 MB a minute.
3. Export it for streaming, so that it plays while it is fetched; with ffmpeg: -movflags +faststart.
4. Places, devices, times and authors that a telephone has written into it are taken out; pictures and sound stay as they are.

## Consent first

Whoever is seen, heard or spoken of must have agreed; for a minor a guardian, in writing. Names are looked for in titles and captions; what the film shows somebody must see.
Show no violence and no wounds. A broadcaster's film needs its leave.

## Keys

The film lies in the folder of its record. Its name will do:

    video: visit.mp4

or more:

    video:
      src: visit.mp4
      title: A visit in March
      poster: cover.jpg
      captions: visit.vtt

A link:

    video: https://www.example.cn/video/123

Without a poster it is a dark field with a sign to play it. Captions (WebVTT, SubRip) are for who cannot hear, and for places where nothing may sound.

A screen's playlist:

    films:
      - hall.mp4
      - {src: campaign.mp4, title: The campaign}

Films on a screen are silent, and take turns with slogans and heroes.

## Comics

Pictures in reading order, each with what it shows and says:

    comic:
      - {src: 1.png, alt: 'First: a ferry by night, somebody calls'}
      - {src: 2.png, alt: 'Second: he leaps into the water'}

On a telephone they stand one below the other.
`,
	}.In(l)
}
