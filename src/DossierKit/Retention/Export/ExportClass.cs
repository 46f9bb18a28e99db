namespace DossierKit.Retention;

/// <summary>What becomes of a dossier by the selectielijst, as its metadata say it.</summary>
/// <param name="List">The list and its version.</param>
/// <param name="Number">The class, such as <c>12.1.7</c>.</param>
/// <param name="Name">What the class is about.</param>
/// <param name="IsPermanent">Kept for good, or for a time; <see langword="null"/>: the class alone does not say.</param>
/// <param name="Term">How long, ISO 8601; <see langword="null"/> when for good, or not known.</param>
/// <param name="StartsOn">From which day; <see langword="null"/> when not known.</param>
/// <param name="EndsOn">Until when; <see langword="null"/> when not known.</param>
internal sealed record ExportClass(string List, string Number, string Name, bool? IsPermanent, string? Term, DateOnly? StartsOn, DateOnly? EndsOn);
