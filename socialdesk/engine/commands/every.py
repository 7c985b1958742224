"""All commands as one type: what a desk does, and what comes over the link."""

from socialdesk.engine.commands.accounts import AccountsCommand
from socialdesk.engine.commands.alerts import AlertsCommand
from socialdesk.engine.commands.answering import AnsweringCommand
from socialdesk.engine.commands.bulk import BulkCommand
from socialdesk.engine.commands.contacts import ContactsCommand
from socialdesk.engine.commands.crisis import CrisisCommand
from socialdesk.engine.commands.crm import CrmCommand
from socialdesk.engine.commands.drills import DrillsCommand
from socialdesk.engine.commands.faq import FaqCommand
from socialdesk.engine.commands.first_run import FirstRunCommand
from socialdesk.engine.commands.insight import InsightCommand
from socialdesk.engine.commands.macros import MacrosCommand
from socialdesk.engine.commands.mention_files import MentionFileCommand
from socialdesk.engine.commands.notices import NoticesCommand
from socialdesk.engine.commands.owning import OwningCommand
from socialdesk.engine.commands.panels import PanelsCommand
from socialdesk.engine.commands.playbooks import PlaybooksCommand
from socialdesk.engine.commands.releases import ReleasesCommand
from socialdesk.engine.commands.reports import ReportsCommand
from socialdesk.engine.commands.rules import RulesCommand
from socialdesk.engine.commands.settings_file import SettingsFileCommand
from socialdesk.engine.commands.statements import StatementsCommand
from socialdesk.engine.commands.temperature import TemperatureCommand
from socialdesk.engine.commands.templates import TemplatesCommand
from socialdesk.engine.commands.triage import TriageCommand
from socialdesk.engine.commands.views import ViewsCommand
from socialdesk.engine.commands.workspace import WorkspaceCommand

Command = (
    TriageCommand
    | AnsweringCommand
    | AlertsCommand
    | TemplatesCommand
    | AccountsCommand
    | WorkspaceCommand
    | ContactsCommand
    | FaqCommand
    | BulkCommand
    | MacrosCommand
    | ViewsCommand
    | RulesCommand
    | InsightCommand
    | ReportsCommand
    | NoticesCommand
    | PlaybooksCommand
    | CrisisCommand
    | DrillsCommand
    | StatementsCommand
    | TemperatureCommand
    | CrmCommand
    | PanelsCommand
    | MentionFileCommand
    | OwningCommand
    | FirstRunCommand
    | ReleasesCommand
    | SettingsFileCommand
)
