; The installer for Windows, made by release.sh. It installs for the one who runs it, needs
; no administrator, leaves the Path alone, and takes away what it brought and nothing else:
; sites lie wherever their editors keep them and are never touched.
;
; Defines: VERSION, FILES (folder with the program), ICON, OUT.

Unicode true
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDateSave off

!include MUI2.nsh
!include FileFunc.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Mingdeng"

Name "$(NAME) ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Mingdeng"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "Mingdeng ${VERSION}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "$(READ)"
!define MUI_FINISHPAGE_RUN_FUNCTION OpenGuide

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

; The first is what a Windows in a third language shows.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

LangString NAME ${LANG_ENGLISH} "Mingdeng"
LangString NAME ${LANG_SIMPCHINESE} "明灯"
LangString READ ${LANG_ENGLISH} "Read about the first hour"
LangString READ ${LANG_SIMPCHINESE} "看“第一小时”"
LangString GUIDE ${LANG_ENGLISH} "The first hour"
LangString GUIDE ${LANG_SIMPCHINESE} "第一小时"
LangString GUIDEFILE ${LANG_ENGLISH} "FIRST-HOUR.html"
LangString GUIDEFILE ${LANG_SIMPCHINESE} "第一小时.html"
LangString REMOVE ${LANG_ENGLISH} "Uninstall Mingdeng"
LangString REMOVE ${LANG_SIMPCHINESE} "卸载明灯"
LangString RUNNING ${LANG_ENGLISH} "Mingdeng is running. Close its window, then choose Retry."
LangString RUNNING ${LANG_SIMPCHINESE} "明灯正在运行。关掉它的窗口，再点“重试”。"
LangString OTHERS ${LANG_ENGLISH} "This folder holds other files. Choose an empty folder or a new one."
LangString OTHERS ${LANG_SIMPCHINESE} "这个文件夹里有别的文件。换一个空的或新的文件夹。"

VIProductVersion "0.0.0.0"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductName" "Mingdeng"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileDescription" "Mingdeng installer"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "LegalCopyright" "© The Mingdeng authors, MIT License"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductName" "明灯"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileDescription" "明灯安装程序"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "LegalCopyright" "© The Mingdeng authors, MIT License"

Function OpenGuide
	ExecShell "open" "$INSTDIR\$(GUIDEFILE)"
FunctionEnd

Section
	; Into an empty folder, or over an earlier Mingdeng.
	IfFileExists "$INSTDIR\uninstall.exe" ours
	${DirState} "$INSTDIR" $0
	StrCmp $0 1 0 ours
	MessageBox MB_OK|MB_ICONSTOP "$(OTHERS)" /SD IDOK
	SetErrorLevel 2
	Abort "$(OTHERS)"
ours:
	SetOutPath "$INSTDIR"
	; A program that runs cannot be replaced; it is asked for before anything is.
again:
	IfFileExists "$INSTDIR\mingdeng.exe" 0 free
	ClearErrors
	FileOpen $0 "$INSTDIR\mingdeng.exe" a
	IfErrors 0 closed
	MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
	SetErrorLevel 2
	Abort "$(RUNNING)"
closed:
	FileClose $0
free:
	File "${FILES}\mingdeng.exe"
	File "${FILES}\LICENSE.txt"
	File "${FILES}\SHA256SUMS"
	File "${FILES}\sbom.cdx.json"
	File "${FILES}\第一小时.html"
	File "${FILES}\FIRST-HOUR.html"
	SetOutPath "$INSTDIR\licences"
	File "${FILES}\licences\*.txt"
	WriteUninstaller "$INSTDIR\uninstall.exe"

	; Shortcuts begin in the documents: that is where a site is made.
	SetOutPath "$DOCUMENTS"
	CreateDirectory "$SMPROGRAMS\$(NAME)"
	CreateShortcut "$SMPROGRAMS\$(NAME)\$(NAME).lnk" "$INSTDIR\mingdeng.exe"
	CreateShortcut "$SMPROGRAMS\$(NAME)\$(GUIDE).lnk" "$INSTDIR\$(GUIDEFILE)"
	CreateShortcut "$SMPROGRAMS\$(NAME)\$(REMOVE).lnk" "$INSTDIR\uninstall.exe"
	CreateShortcut "$DESKTOP\$(NAME).lnk" "$INSTDIR\mingdeng.exe"

	WriteRegStr HKCU "${KEY}" "DisplayName" "$(NAME)"
	WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
	WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\mingdeng.exe"
	WriteRegStr HKCU "${KEY}" "Publisher" "Mingdeng"
	WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
	WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
	WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
	; What the shortcuts are called: they are taken away also after a change of language.
	WriteRegStr HKCU "${KEY}" "ShortcutName" "$(NAME)"
	WriteRegDWORD HKCU "${KEY}" "NoModify" 1
	WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
	${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
	WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section Uninstall
	; By name: whatever else lies in the folder stays, and so does the folder then.
again:
	ClearErrors
	Delete "$INSTDIR\mingdeng.exe"
	IfErrors 0 gone
	MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
	SetErrorLevel 2
	Abort "$(RUNNING)"
gone:
	Delete "$INSTDIR\LICENSE.txt"
	Delete "$INSTDIR\SHA256SUMS"
	Delete "$INSTDIR\sbom.cdx.json"
	Delete "$INSTDIR\第一小时.html"
	Delete "$INSTDIR\FIRST-HOUR.html"
	Delete "$INSTDIR\licences\programs.txt"
	Delete "$INSTDIR\licences\fonts-and-data.txt"
	RMDir "$INSTDIR\licences"
	Delete "$INSTDIR\uninstall.exe"
	RMDir "$INSTDIR"

	ReadRegStr $0 HKCU "${KEY}" "ShortcutName"
	StrCmp $0 "" unnamed
	Delete "$DESKTOP\$0.lnk"
	Delete "$SMPROGRAMS\$0\*.lnk"
	RMDir "$SMPROGRAMS\$0"
unnamed:
	DeleteRegKey HKCU "${KEY}"
SectionEnd
