"""First and last names that are ordinary words in English or French, and particles of names; all folded.

Made by going through the first names of pupils (years of birth 2005 to 2020) and frequent last names of England, the
United States and France for those that a dictionary holds as common words, months, flowers, stones, trades and colours.
"""

_PARTICLES = """
d de del della den der des di do dos du e el al bin ben ibn l la las le les lo los mac mc o of saint sainte san st ste
te ten ter van von y zu zum zur
"""
#: Small words of names, which say nothing alone.
PARTICLES = frozenset(_PARTICLES.split())

_FIRST_ENGLISH = """
abbey ace amber amity angel apple april arch archer ariel art ash asher aspen aster august autumn baker basil bay beau
berry bill blaze blossom blue bob brook brooke buck bud buddy candy carol cash chance charity chase cherry chip
christian clay cliff clover cole coral crystal daisy dale dash dawn dean dee destiny diamond dick don dot drew duke
dusty earl easter eden elder ember fable fair faith felicity fern flora florence forest fox frank gale garnet gene
george ginger glen glory grace grant gray green guy hale happy harmony harp harper haven hazel heath heather herb
holly honey honor honour hope hunter ice ike india iris ivory ivy jack jade jasmine jay jean jet jewel jim job joy
judge june justice karma kid king kit lacy lake lane lark laurel lavender leaf lee liberty lily link love luna lyric
mace major march marigold marina mark marshall mason mat matt maverick max may melody mercy mike miles mill milo mint
miracle misty myrtle nick noble nova oak ocean olive opal page paige parish park pat patience patsy peace peach pearl
peg penny pepper petal pierce pip piper poppy prince princess prudence ray red reed reign rich river rob robin rock
rocky rod rose rosemary rowan royal ruby rue rusty sage sailor sandy scarlet scout sierra silver skip sky skye slate
sonny star stella sterling stone storm sue summer sunny sydney tab tad temple terry theme tiger tim tom trace tracy
trinity true tucker tulip uma unity van verity victor victory viola violet virginia wade ward warren whit will willow
win winter wolf wood wren young
"""

_FIRST_FRENCH = """
aime ange anis aurore avril azur basile blaise blanche boniface capucine cassis celeste cerise claire clarte clemence
clement cleo colombe constance desire dominique dune eden espoir etoile felicite fleur flore florence fougere france
garance gentiane grace honneur hortense hyacinthe ines iris isis jacinthe jade juillet juste lilas lili lou loup lune
mai marguerite marin marine mars melisse merise mirabelle modeste muguet myrtille nuage ocean oceane octave olive
olivier ombeline opale parfait pascal perle pervenche petronille pie pierre placide prosper prudence prune reine rene
rose rubis sable saphir silence soleil solene tristan vainqueur valentine victoire violette yvoire zephyr
"""

_LAST_ENGLISH = """
archer ash baker ball banks barber barker barn barrow bass bay beach bean bear beck bell berry best bird bishop black
bloom blue bond bow bowl box branch brand bridge bridges brook brooks brown buck bull burn burns bush butcher butler
cage cannon carpenter carter case cash castle chambers chance chase church clay clerk coal coin cole cook cooper corn
cotton court cox crane cross crow cruise curry dance day deal dean drake drink drum duck duke east english farmer
field fields finch fish fisher flood flower flowers ford forest forester foster fountain fowler fox france free french
frost fuller gardener garland gates gay gold good grant graves gray green grey grove guy hall hand hands hardy harp
hart hawk hay head heath hill hills holland hood hook hope house hunt hunter inn iron jewel judge just kay keen kemp
key kid kidd king kings kite knight lake lamb land lane lark law lawn leaf little lock long love low major man manners
march mark marks marsh marshall martin mason may miles mill miller mills monk moon moor moore more moss mount music
must nail new newton noble north nutt oak page paige painter palmer park parks parsons peacock pear penny pepper perry
pike piper plant plum pole pool poole pope porter post potter pound power powers price prior proper queen quick rain
ray read reader reed rich river rivers roads robin rock rocks rose rush sage sailor salt sands savage sawyer sea seal
sells sharp shepherd shine ship shore short silver singer skinner slaughter sleep small smart smith snow south spring
squire steel stone stones storm strange street strong summer summers swan sweeney sweet swift table tailor taylor
temple thorn tower town trail turner vale wade wagner wait walker wall walls ward warden warner waters weaver webb
weeks well wells west wheeler white wild wise wolf wood woods wool worth wright yard york young
"""

_LAST_FRENCH = """
adam allain ami ange arnaud barbe barbier baron berger bergeron besson bien bijou bisson blanc blanchet blond bois
boisson bon bonhomme bonnet bossu bouche boucher boulanger bourdon bourgeois bouvier breton brun brunet caille camus
cardinal carpentier carre cartier cerf chambre champ champagne charbonnier charpentier charron chasseur chat chatain
chauvin chef chevalier chevre cloarec coq corbeau corne couturier croix cuisinier dame daniel dauphin delage demon
deschamps descours dimanche doux droit duc duchene duchesse dur etienne fabre faucon faure favre fer ferme fermier
fevrier fleur fleury fontaine forestier foret forge forgeron fort four fourche fournier fraise franc francais france
froment garcon gardien gauche gauthier gentil grand grande grange gras gris gros guerre guerrier haie hardy herbe
hiver hote huet humbert jardin jardinier jaune jeune joli joly jour jourdain labbe lacroix laine lambert lapin latour
laurier lavigne leblanc leblond lebon leclerc leger lejeune lemaire lemoine lenoir lepage leroy lesage levieux lievre
lion louis loup macon maillard maire maison maitre marchal marchand marechal marin marinier mars marteau martin masse
masson maure mercier merle meunier michel midi millet minot moine monnier montagne moreau morel morin moulin mouton
navarre neuf neveu noel noir normand oiseau olivier page paille pain papillon parent paris parmentier pascal pasteur
pelletier perle perrin petit peuple pic picard pied pierre pigeon pin pinson plante poirier poisson pommier pont
portier poste potier poulain poulet prevost prieur prince quartier raisin ramage renard rey riche rivage riviere
robert robin roche roi rose rossignol rouge rousseau roussel roux roy royer saint salle savoie seigneur sellier simple
soldat soleil tailleur tanneur tavernier teinturier tessier tissier tonnelier tour tournier vache val vallee vannier
verdier verger verrier vert vicaire vidal vigne vigneron village villain voisin
"""

#: Names that are words too.
NAME_WORDS = frozenset((_FIRST_ENGLISH + _FIRST_FRENCH + _LAST_ENGLISH + _LAST_FRENCH).split())
