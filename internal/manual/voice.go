package manual

import (
	"strconv"

	"mingdeng/internal/diag"
	"mingdeng/internal/vtt"
)

// voiceTopic tells how a voice is recorded, named and shown. Its transcript is read by a test.
func voiceTopic(l diag.Lang) string {
	return diag.Text{
		Zh: `站在展板前的人，有的看不清字，有的不识字，有的只想听。机器念得出字，念不出人。
英雄的家人、同事、乡邻，学校的孩子，讲解员：谁都能来读一段。

## 录什么

- 英雄：照着事迹念一遍，或请家人、战友讲一件事。
- 篇目：作者自己念最好。
- 展品：站在它面前讲的几句话，三十秒到一分半。
- 阵地：从大门走到出口的讲解，五到十分钟；讲到哪里，文字稿里写个小标题。

除了全程讲解，一段不超过三分钟：听的人站着。话要口语，先说是谁、哪一年、在哪里。

## 怎么录

1. 用手机就行：iPhone 的“语音备忘录”，安卓的“录音机”。存出来是 M4A 或 MP3，直接能用。
2. 找一间有窗帘、有床或沙发的小房间，关窗，关空调，手机调成飞行模式。不要在风里、车边录。
3. 手机离嘴一掌远，略偏一点，不要对着吹气。先录十秒听一听。
4. 念错了不用停，停两秒，从那一句重念，再剪掉错的。
5. 微信里长按的语音存不出来；让对方用“文件”发原来的录音。

单声道、64 kbps，一分钟约 0.5 MB，人声听不出差别。WAV、FLAC 会大十倍，程序会提醒。
Ogg 和 Opus 更小，但旧 iPhone 放不了；给路人听的用 MP3 或 M4A。
录音里由手机写进去的地点、机型、姓名、封面，发布时都会去掉，声音一点不变。

## 先要同意

声音也是个人信息。录之前讲清楚：放在哪里、谁都能听、能下载、随时可以撤。
写不写姓名由本人定，朗读 一项可以不写。未成年人要监护人书面同意。书面同意和英雄的授权放在一起存档。
录音和文字稿里提到的人，同样要有授权：文字稿里的名字程序会查，录音里说的查不了，要人听一遍。
合成的、换过声的，不能说成真人；标题里写明。

## 怎么写

录音放在记录的文件夹里，写文件名就行：

    音频: nian.m4a

或者写全：

    音频:
      文件: nian.m4a
      标题: 女儿讲述
      朗读: 王某
      文字稿: nian.vtt

英雄、篇目、阵地、展品都能写。展品没有自己的录音、又只讲一位英雄的，放那位英雄的。
阵地的页面上，沿路各处的录音按参观路线排好，一处接一处放。
没有录音的，还是用手机自己的声音朗读。英文版会注明是中文录音；英文版自己的录音写在 NAME.en.md 里。

## 文字稿

听不见的人要看，搜索也要用。念到哪一段，哪一段就亮：文字稿和正文是同样的话，亮正文；不同，就列出文字稿。
带时间的文字稿不用手打：剪映、必剪的“智能字幕”认好以后导出 SRT，改掉错字。也可以写 WebVTT：

` + sampleTranscript + `
时间上面写小标题，就是一章。一个文件最多 ` + strconv.Itoa(vtt.MaxCues) + ` 段、1 MB。
没有时间的，写成 Markdown（.md）或 .txt，放在录音下面。
手机记得听到哪里，只记在这部手机里。
`,
		En: `Some who stand before a board cannot read its type, some cannot read, some would rather listen. A machine reads words; it does not
know the person. Family, colleagues, neighbours, pupils, guides: anyone can read.

## What to record

- A hero: the story read out, or somebody who knew them telling one thing.
- A chapter: best by its author.
- An exhibit: what is said standing before it, half a minute to a minute and a half.
- A venue: the walk from gate to exit, five to ten minutes; a title in the transcript begins each part.

But for the walk, three minutes at most: people listen standing. Speak as one talks, and say first who, when and where.

## How

1. A telephone will do: Voice Memos, or the recorder of an Android phone. Their M4A or MP3 can be used as it is.
2. A small room with curtains and soft furniture; windows shut, fans off, the telephone in flight mode. Not in wind, not beside a road.
3. A hand's breadth from the mouth, a little aside. Record ten seconds and listen.
4. After a slip wait two seconds and say the sentence again; cut the slip out.
5. Voice messages of WeChat cannot be taken out of it: have the recording sent as a file.

Mono at 64 kbps makes half a megabyte a minute and carries a voice without a loss. WAV and FLAC are ten times as large, which is told.
Ogg and Opus are smaller, but old iPhones do not play them: use MP3 or M4A for passers-by.
Places, devices, names and pictures that a telephone has written into a recording are taken out; the sound stays as it is.

## Consent first

A voice is personal data. Say before recording where it will be heard, that anyone can hear and download it, and that it can be withdrawn.
Whether they are named is for them to say: speaker may be left out. A minor needs a guardian's consent in writing. Keep it with the heroes' consents.
Whoever is spoken of must have agreed too: names in a transcript are looked for, what is said in a recording cannot be. Listen to it.
A voice that was made or changed by a machine is not called a person's; say so in the title.

## Keys

The recording lies in the folder of its record. Its name will do:

    audio: reading.m4a

or more:

    audio:
      src: reading.m4a
      title: Told by her daughter
      speaker: Wang
      transcript: reading.vtt

Heroes, chapters, venues and exhibits have it. An exhibit without one that tells of one hero plays that hero's.
A venue's page plays the recordings along its route one after another.
Where there is none, the phone's own voice reads. The English edition says that a voice is Chinese; a recording of its own is named in NAME.en.md.

## Transcripts

They are for who cannot hear, and for the search. The paragraph that is heard is lit: of the page's text where that is what is read, else of the transcript.
Times need not be typed: film editors recognise speech and export SRT. Or write WebVTT:

` + sampleTranscript + `
A title above the times begins a part. A file has ` + strconv.Itoa(vtt.MaxCues) + ` cues and 1 MB at most.
Without times it is Markdown (.md) or .txt and stands below the recording.
How far somebody listened is kept on their phone alone.
`,
	}.In(l)
}

const sampleTranscript = `    WEBVTT

    南门
    00:00.000 --> 00:04.200
    各位，这里是南门。

    湖边
    00:04.200 --> 00:09.000
    往前走，左手边是湖。
`
