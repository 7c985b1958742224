"""Words that say nothing about a topic, in the languages the program is offered in.

Made by hand for this program: the commonest words of each language without content of their own.
"""

from typing import Final

_EN: Final = """
a about after again all also always am an and any are aren't as at back be because been before
being but by can can't cannot could couldn't did didn't do does doesn't doing don't done even ever
every for from get gets getting go going gonna got had has hasn't have haven't having he her here
hers hi hello him his how i i'd i'll i'm i've if in into is isn't it it's its just keep know let
like made make many may me more most much my never no not now of off oh ok on one only or other our
out over own please pls really said same say she should so some someone something still such than
thank thanks that that's the their them then there there's these they they're thing things think
this those through to today too two up us very via want was wasn't way we we're well were weren't
what what's when where which while who why will with won't would yes yet you you're your yours
"""
_RU: Final = """
а без более бы был была были было быть в вам вас весь во вот все всё всегда всего всем всех вы где
да даже для до его ее её если есть ещё еще ж же за здесь здравствуйте и из или им их к как какой
когда кто ли лучше между меня мне мной много может мой моя моё мои можно мы на над надо нам нас
наш не него нее неё нет ни них но ну о об один он она они оно от очень по под пожалуйста после
потом потому почему при про раз с сам свой себя сегодня сейчас со спасибо так такой там те тебя тем
теперь то тоже только тот тут ты у уже хоть хотя чего чем через что чтобы эта эти это этого этой
этом этот просто такая такие опять снова будет буду будут
"""
_KK: Final = """
ал ала алды арқылы бар барлық бәрі бен бер берді беру бір бірақ біз бол болады болды болып болса
болу бұл бұрын да де деген деп дейін ең енді ер және жоқ кейін керек кім қазір қай қайда
қалай қашан мен менен менің мынау не неге немесе ол олар олардың оның осы өз өте пен рахмет сен
сияқты сіз сондай сол соң та тағы те тек туралы үшін ша ғана ғой бірге барып келіп тұр тур екен
алып салем сәлем сәлеметсіз бе ба ма ме па пе
"""

STOP_WORDS: Final = frozenset(" ".join((_EN, _RU, _KK)).split())
