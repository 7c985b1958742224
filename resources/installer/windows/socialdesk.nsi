; SocialDesk for one Windows user: no administrator is asked for. Compiled on Linux as well:
;   makensis -V2 -WX -DPAYLOAD=folder -DVERSION=1.2.3 -DICON=file.ico -DOUT=setup.exe socialdesk.nsi
; PAYLOAD is the folder that PyInstaller makes on Windows (socialdesk.exe, socialdesk-cli.exe,
; _internal). Not run here: no Windows was at hand. NSIS 3.08 has English and Russian, no Kazakh.
Unicode true
SetCompressor /SOLID lzma
!include MUI2.nsh

!define NAME "SocialDesk"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define SCHEME "Software\Classes\socialdesk"

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\${NAME}" "InstallDir"
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1033 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1033 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "FileDescription" "${NAME} Setup"
VIAddVersionKey /LANG=1033 "LegalCopyright" "SocialDesk contributors, MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\socialdesk.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Russian"

LangString RUNNING ${LANG_ENGLISH} "SocialDesk is running. Close its windows, then try again."
LangString RUNNING ${LANG_RUSSIAN} "SocialDesk запущен. Закройте его окна и повторите."
LangString KEPT ${LANG_ENGLISH} "Your workspaces stay where they are: $LOCALAPPDATA\SocialDesk"
LangString KEPT ${LANG_RUSSIAN} "Ваши рабочие папки остаются на месте: $LOCALAPPDATA\SocialDesk"

; A program that runs holds its files open: half of it would be replaced.
!macro REFUSE_WHILE_RUNNING
  IfFileExists "$INSTDIR\socialdesk.exe" 0 free
    ClearErrors
    FileOpen $0 "$INSTDIR\socialdesk.exe" a
    IfErrors 0 close
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDOK
      Abort
    close:
    FileClose $0
  free:
!macroend

Function .onInit
  !insertmacro REFUSE_WHILE_RUNNING
FunctionEnd

Function un.onInit
  !insertmacro REFUSE_WHILE_RUNNING
FunctionEnd

Section
  SetShellVarContext current
  ; files of an earlier version must not be found by a newer program
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\socialdesk.exe"
  WriteRegStr HKCU "Software\${NAME}" "InstallDir" "$INSTDIR"

  WriteRegStr HKCU "${SCHEME}" "" "URL:${NAME}"
  WriteRegStr HKCU "${SCHEME}" "URL Protocol" ""
  WriteRegStr HKCU "${SCHEME}\DefaultIcon" "" "$INSTDIR\socialdesk.exe,0"
  WriteRegStr HKCU "${SCHEME}\shell\open\command" "" '"$INSTDIR\socialdesk.exe" "%1"'

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\socialdesk.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

; Only what was installed goes: the user's workspaces lie elsewhere and are not touched.
Section "Uninstall"
  SetShellVarContext current
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\socialdesk.exe"
  Delete "$INSTDIR\socialdesk-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "${SCHEME}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${NAME}"
  DetailPrint "$(KEPT)"
SectionEnd
