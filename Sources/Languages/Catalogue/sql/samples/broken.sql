SELECT 'never printed' FRM nowhere WHERE;
SELECT 'nor this';
