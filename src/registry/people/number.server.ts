/** What a member's encrypted number is bound to: a value sealed for another column does not open here. */
export const numberContext = 'persons.number_cipher'
