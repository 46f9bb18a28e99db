using System.Text.Json.Serialization;

namespace DossierKit.Search;

/// <summary>Kinds of work, so wide that a group never is one person: no group holds an office there is only one of.</summary>
public enum FunctionGroup
{
    /// <summary>Outdoors, in a workshop, at a counter.</summary>
    [JsonStringEnumMemberName("uitvoering")] Execution,

    /// <summary>Administration, cash, support.</summary>
    [JsonStringEnumMemberName("administratie-en-beheer")] Administration,

    /// <summary>Policy and advice.</summary>
    [JsonStringEnumMemberName("beleid-en-advies")] Policy,

    /// <summary>Supervision and enforcement.</summary>
    [JsonStringEnumMemberName("toezicht-en-handhaving")] Enforcement,

    /// <summary>Leads others: team leaders to directors, with the gemeentesecretaris and the griffier.</summary>
    [JsonStringEnumMemberName("leiding")] Leading,

    /// <summary>Council and executive: raadsleden, wethouders, burgemeester.</summary>
    [JsonStringEnumMemberName("bestuur-en-raad")] Politics,

    /// <summary>Hired, seconded, from outside.</summary>
    [JsonStringEnumMemberName("extern")] Outside,
}

/// <summary>Which kind of rule was broken (own list).</summary>
public enum CardBasis
{
    /// <summary>A law.</summary>
    [JsonStringEnumMemberName("wet")] Law,

    /// <summary>The terms of employment.</summary>
    [JsonStringEnumMemberName("arbeidsvoorwaarden")] Terms,

    /// <summary>The oath or promise.</summary>
    [JsonStringEnumMemberName("ambtseed")] Oath,

    /// <summary>The code of conduct.</summary>
    [JsonStringEnumMemberName("gedragscode")] Code,

    /// <summary>A rule of the house.</summary>
    [JsonStringEnumMemberName("interne-regeling")] HouseRule,

    /// <summary>An instruction.</summary>
    [JsonStringEnumMemberName("opdracht-of-aanwijzing")] Instruction,
}

/// <summary>How far it was meant (own list), from none to most.</summary>
public enum CardIntent
{
    /// <summary>Not to be blamed.</summary>
    [JsonStringEnumMemberName("niet-verwijtbaar")] None,

    /// <summary>Careless.</summary>
    [JsonStringEnumMemberName("onachtzaam")] Careless,

    /// <summary>Grossly careless.</summary>
    [JsonStringEnumMemberName("grof-onachtzaam")] Gross,

    /// <summary>On purpose.</summary>
    [JsonStringEnumMemberName("opzet")] Intent,
}

/// <summary>How long it went on (own list).</summary>
public enum DurationBand
{
    /// <summary>Once.</summary>
    [JsonStringEnumMemberName("eenmalig")] Once,

    /// <summary>Up to three months.</summary>
    [JsonStringEnumMemberName("tot-3-maanden")] Months,

    /// <summary>Up to a year.</summary>
    [JsonStringEnumMemberName("tot-1-jaar")] Year,

    /// <summary>Up to three years.</summary>
    [JsonStringEnumMemberName("tot-3-jaar")] Years,

    /// <summary>Longer.</summary>
    [JsonStringEnumMemberName("langer")] Longer,
}

/// <summary>What it cost, in euros (own list).</summary>
public enum DamageBand
{
    /// <summary>None.</summary>
    [JsonStringEnumMemberName("geen")] None,

    /// <summary>Up to 500.</summary>
    [JsonStringEnumMemberName("tot-500")] Small,

    /// <summary>Up to 5,000.</summary>
    [JsonStringEnumMemberName("tot-5000")] Middle,

    /// <summary>Up to 50,000.</summary>
    [JsonStringEnumMemberName("tot-50000")] Large,

    /// <summary>More.</summary>
    [JsonStringEnumMemberName("meer")] More,
}

/// <summary>What weighs heavier: the first four are those of HVN 3.9, the rest is our own.</summary>
public enum Aggravating
{
    /// <summary>Punished or warned for the like before.</summary>
    [JsonStringEnumMemberName("recidive-of-waarschuwing")] Recidive,

    /// <summary>Done more than once.</summary>
    [JsonStringEnumMemberName("herhaling")] Repeated,

    /// <summary>The kind of work asks for more.</summary>
    [JsonStringEnumMemberName("soort-functie")] Function,

    /// <summary>The name of the organisation suffered.</summary>
    [JsonStringEnumMemberName("imago-van-de-organisatie")] Image,

    /// <summary>Towards somebody who depended on him (own).</summary>
    [JsonStringEnumMemberName("afhankelijke-persoon")] Dependent,

    /// <summary>Hidden, or others kept from telling (own).</summary>
    [JsonStringEnumMemberName("verhuld")] Hidden,
}

/// <summary>What weighs lighter: the first four are those of HVN 3.9, the rest is our own. Poor supervision is none (HVN 3.9).</summary>
public enum Mitigating
{
    /// <summary>A clean record.</summary>
    [JsonStringEnumMemberName("schoon-verleden")] CleanRecord,

    /// <summary>Little was done in the like before.</summary>
    [JsonStringEnumMemberName("precedent")] Precedent,

    /// <summary>Admitted early, with regret.</summary>
    [JsonStringEnumMemberName("bekentenis")] Confession,

    /// <summary>The organisation took long.</summary>
    [JsonStringEnumMemberName("tijdsverloop")] Lapse,

    /// <summary>The rule was not clear (own).</summary>
    [JsonStringEnumMemberName("regels-onduidelijk")] UnclearRules,

    /// <summary>Made good (own).</summary>
    [JsonStringEnumMemberName("schade-vergoed")] MadeGood,

    /// <summary>Personal circumstances (own).</summary>
    [JsonStringEnumMemberName("persoonlijke-omstandigheden")] Personal,
}

/// <summary>What followed, the heaviest of what was imposed (own list, after HVN 3.7 and 3.8).</summary>
public enum MeasureKind
{
    /// <summary>Nothing.</summary>
    [JsonStringEnumMemberName("geen")] None,

    /// <summary>A talk put on paper, or agreements (HVN 3.7).</summary>
    [JsonStringEnumMemberName("gesprek-of-afspraken")] Talk,

    /// <summary>A warning.</summary>
    [JsonStringEnumMemberName("waarschuwing")] Warning,

    /// <summary>A reprimand in writing.</summary>
    [JsonStringEnumMemberName("berisping")] Reprimand,

    /// <summary>Money or leave.</summary>
    [JsonStringEnumMemberName("inhouding-of-vergoeding")] Money,

    /// <summary>Other work.</summary>
    [JsonStringEnumMemberName("overplaatsing")] Transfer,

    /// <summary>Suspension.</summary>
    [JsonStringEnumMemberName("schorsing")] Suspension,

    /// <summary>A lower function or scale.</summary>
    [JsonStringEnumMemberName("terugplaatsing")] Demotion,

    /// <summary>Conditional dismissal.</summary>
    [JsonStringEnumMemberName("voorwaardelijk-ontslag")] ConditionalDismissal,

    /// <summary>Dismissal, or the end of the employment.</summary>
    [JsonStringEnumMemberName("ontslag")] Dismissal,

    /// <summary>For who holds a political office: by council or mayor.</summary>
    [JsonStringEnumMemberName("bestuurlijk")] Political,

    /// <summary>Something else.</summary>
    [JsonStringEnumMemberName("anders")] Other,
}
